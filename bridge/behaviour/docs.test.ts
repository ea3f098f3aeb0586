import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventFacts, emptyFolder } from '../cli/event-facts';
import { parseRecording } from '../cli/recording';
import { compile } from './compile';
import { parseEdn } from './edn/parse';
import { format } from './format/format';
import { loadFiles } from './load';
import { actionNames } from './read/action-fields';
import { eventNames, events, withheldEvents } from './vocabulary/events';

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'behaviour.md'), 'utf8');

const blocksOf = (language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1] ?? '');

const examples = blocksOf('edn').map((block, index) => ({
  name: /^; (\w+\.edn)\n/.exec(block)?.[1] ?? `example-${index + 1}.edn`,
  block,
}));

describe('docs/behaviour.md', () => {
  test('has examples', () => expect(examples.length).toBeGreaterThan(4));

  test.each(examples)('the example $name can be used and is formatted as fmt does it', async ({ name, block }) => {
    expect(format({ file: name, text: block })).toBe(block);
    const root = parseEdn({ file: name, text: block });
    const isMain =
      root.kind === 'map' && root.entries.some(({ key }) => key.kind === 'keyword' && key.name === 'Extension');
    if (!isMain) return;
    const read = async (file: string) => examples.find((example) => example.name === file)?.block ?? null;
    expect(compile(await loadFiles(name, read)).digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('the recording can be read', () => {
    for (const block of blocksOf('json')) expect(parseRecording(block)).toHaveLength(1);
  });

  test('the event of the first page can be explained', () => {
    const json = /--event '(.*)'/.exec(text)?.[1] ?? '';
    expect(eventFacts(JSON.parse(json), emptyFolder).event).toBe('tool-call');
  });

  test('the table of events matches the program', () => {
    const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(' ');
    const rows = eventNames.map((name) => {
      const { class: kind, fields, decisions } = events[name];
      const names = Object.entries<string>(fields).map(([field, type]) => (type === 'json' ? `${field}.…` : field));
      return `| \`:${name}\` | ${kind} | ${code(names)} | ${code(decisions)} |`;
    });
    const table = ['| event | class | fields | decisions |', '| --- | --- | --- | --- |', ...rows].join('\n');
    expect(text).toContain(`<!-- prettier-ignore -->\n${table}\n`);
  });

  test('describes every action, and every event that no rule can name', () => {
    for (const name of [...actionNames, 'do']) expect(text).toMatch(new RegExp(`\\(${name}[ )]`));
    for (const name of Object.keys(withheldEvents)) expect(text).toContain(`\`:${name}\``);
  });
});
