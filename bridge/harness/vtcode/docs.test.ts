import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventKinds, hostCapabilities } from '../../../schema/generated/pi-api';
import { acpCarrier, tuiCarrier } from './capabilities';

const page = readFileSync(join(__dirname, '../../../docs/harnesses.md'), 'utf8');
const rowsOf = (title: string): string[][] => {
  const section = page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name = '', rest = '']) => [
    name,
    ...rest.split(' | '),
  ]);
};

test('the page has each capability, and says for each carrier what it tells the extension', () => {
  const rows = rowsOf('Capabilities');
  expect(rows.map(([name]) => name)).toEqual(hostCapabilities.map(({ name }) => name));
  const with_ = (column: number): unknown[] => rows.filter((row) => row[column] === 'yes').map(([name]) => name);
  expect(with_(1).sort()).toEqual([...tuiCarrier.capabilities].sort());
  expect(with_(2).sort()).toEqual([...acpCarrier.capabilities].sort());
});

test('the page has each event that a carrier sends', () => {
  const rows = rowsOf('Events');
  const told = (column: number): unknown[] => rows.filter((row) => row[column] !== '–').map(([name]) => name);
  expect(told(1).sort()).toEqual([...tuiCarrier.events].sort());
  expect(told(2).sort()).toEqual([...acpCarrier.events].sort());
  const known: readonly string[] = eventKinds.map(({ name }) => name);
  expect(rows.filter(([name = '']) => !known.includes(name))).toEqual([]);
});
