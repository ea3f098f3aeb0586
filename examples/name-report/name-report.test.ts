import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostInfo, initWith, stage } from '../../bridge/events/test/stage';
import type { SendUserMessage, UiAction, UiReply } from '../../schema/generated/pi-api';

const cancelled: UiReply = { which: 'cancelled' };
const value = (text: string): UiReply => ({ which: 'value', value: text });

/** Types the command and answers its dialogs in turn. */
async function typed(answers: readonly UiReply[]) {
  const text = await readFile(join(__dirname, 'name-report.edn'), 'utf8');
  const left = [...answers];
  const isDialog = ({ which }: UiAction): boolean => which === 'select' || which === 'input';
  const { bridge, host, shown } = stage([], {
    uiAction: (action) => (isDialog(action) ? (left.shift() ?? cancelled) : { which: 'done' }),
  });
  const sent: SendUserMessage[] = [];
  const sendUserMessage = (message: SendUserMessage) => {
    sent.push(message);
    return Promise.resolve({});
  };
  await bridge.attach({ host: { ...host, sendUserMessage }, init: initWith({ 'name-report.edn': text }) });
  const { commands } = await bridge.describe({ ...hostInfo, capabilities: [...hostInfo.capabilities, 'messages'] });
  const response = await bridge.executeCommand({ callId: 'c1', name: 'name-report', arguments: '' });
  return { commands, response, shown, sent };
}

test('asks for a kind and a name, and sends what to do', async () => {
  const { commands, response, shown, sent } = await typed([value('List of files'), value('inventory.md')]);
  expect(commands).toMatchObject([{ name: 'name-report' }]);
  expect(shown).toMatchObject([
    { which: 'select', select: { title: 'Which report?', options: ['Summary', 'List of files'] } },
    { which: 'input', input: { title: 'Name of the list', placeholder: 'files.md' } },
  ]);
  const said = 'Write a list of the files of the working folder, with a line on each, to inventory.md.';
  expect(sent).toMatchObject([{ content: [{ which: 'text', text: said }] }]);
  expect(response).toEqual({ which: 'done' });
});

test.each([
  ['the kind', [cancelled]],
  ['the name', [value('Summary'), cancelled]],
])('nothing is sent when the dialog for %s is closed', async (_, answers) => {
  const { response, shown, sent } = await typed(answers);
  expect(sent).toEqual([]);
  expect(shown.at(-1)).toMatchObject({ which: 'notify', notify: { message: 'No report: nothing was chosen.' } });
  expect(response).toEqual({ which: 'done' });
});
