import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogLine, UiAction, UiReply } from '../../../../schema/generated/pi-api';
import { ExtensionBridge } from '../../../events/extension-bridge';
import { fakeLook, initWith } from '../../../events/test/stage';
import { AcpSession } from './acp-session';
import { FakeVtcode, type Step } from './test/fake-vtcode';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-acp-'));
});
afterEach(async () => rm(folder, { recursive: true }));

const rules = (on: string, more = ''): string => `{:Extension {:name "t" :version 1} :On [${on}] ${more}}`;
const exec = (id: string, cmd: string, output = ''): Step => ({ id, input: { cmd }, output });

async function open(behaviour: string, scripts: readonly (readonly Step[])[], reply: UiReply = { which: 'done' }) {
  const vtcode = new FakeVtcode(scripts);
  const logged: LogLine[] = [];
  const shown: UiAction[] = [];
  const session = await AcpSession.open({
    process: vtcode,
    bridge: new ExtensionBridge(fakeLook(['a.txt'])),
    init: initWith({ 'my.edn': behaviour }, folder),
    supervisor: {
      log: async (line) => {
        logged.push(line);
        return {};
      },
      uiAction: async (action) => {
        shown.push(action);
        return reply;
      },
    },
    supervisorCapabilities: ['dialogs', 'notify'],
  });
  return { vtcode, session, logged, shown };
}

async function journal() {
  const lines = (await readFile(join(folder, 'bridge.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const { event, rules: fired, verdict, reason } = JSON.parse(line) as Record<string, unknown>;
    return { event, fired, verdict, reason };
  });
}

test("checks a command against the rules, and sends a denial's reason with the next prompt", async () => {
  const block = '{:name "no-rm" :event :tool-call :tool "bash" :when {:input.command {:contains "rm "}} ';
  const { vtcode, session } = await open(rules(`${block} :do (block {:reason "Nothing is deleted here."})}`), [
    [exec('c1', 'rm a.txt'), exec('c2', 'ls'), { text: 'I could not.' }],
    [{ text: 'I see.' }],
  ]);
  expect(await session.prompt('Tidy up')).toEqual({ stopReason: 'end_turn', text: 'I could not.' });
  await session.prompt('Why?');
  await session.close();
  expect(vtcode.answers).toEqual(['reject-once', 'allow-once']);
  expect(vtcode.prompts).toEqual([
    ['Tidy up'],
    ['Tool calls that were denied before, and why:\n- rm a.txt: Nothing is deleted here.', 'Why?'],
  ]);
  expect(await journal()).toEqual([
    { event: 'tool-call', fired: ['no-rm'], verdict: 'block', reason: 'Nothing is deleted here.' },
  ]);
});

test('a rule that changes arguments denies the call, because it must not run unchanged', async () => {
  const patch = '{:event :tool-call :tool "bash" :do (patch-input {:command "ls"})}';
  const { vtcode, session } = await open(rules(patch), [[exec('c1', 'rm a.txt')], []]);
  await session.prompt('Go');
  await session.prompt('And?');
  await session.close();
  expect(vtcode.answers).toEqual(['reject-once']);
  expect(vtcode.prompts[1]?.[0]).toContain("A rule changes the arguments of bash, which isn't possible here");
});

test('asks about each file of a patch', async () => {
  const secret =
    '{:event :tool-call :tool ["edit" "write"] :when {:path {:glob "**/*.key"}} :do (block {:reason "no"})}';
  const patch = ['*** Begin Patch', '*** Update File: a.txt', '@@', '*** Add File: b/my.key', '+x', '*** End Patch'];
  const call = (id: string, lines: readonly string[]): Step => ({
    ...{ id, kind: 'edit', title: 'Apply patch' },
    input: { input: lines.join('\n') },
  });
  const { vtcode, session } = await open(rules(secret), [[call('c1', patch), call('c2', patch.slice(0, 3))]]);
  await session.prompt('Go');
  await session.close();
  expect(vtcode.answers).toEqual(['reject-once', 'allow-once']);
});

test('prompts wait for each other; context, a changed prompt and a question work as in pi', async () => {
  const on = [
    '{:event :input :when {:text "status"} :do (patch-input {:text "Say how it stands"})}',
    '{:event :before-agent-start :do (do (add-context {:text "Folder {folder}"}) (add-context {:text "Be short" :to :system}))}',
    '{:event :tool-call :do (confirm {:title "Sure?" :message "Run {input.command}?"})}',
    '{:event :agent-settled :do (notify {:message "Task finished"})}',
  ].join(' ');
  const yes: UiReply = { which: 'confirmed', confirmed: true };
  const { vtcode, session, shown } = await open(rules(on), [[exec('c1', 'ls')], [{ text: 'Well.' }]], yes);
  await Promise.all([session.prompt('Look'), session.prompt('status')]);
  await session.close();
  expect(vtcode.overlap).toBe(1);
  expect(vtcode.prompts).toEqual([
    ['Be short', 'Folder /mnt/workdir', 'Look'],
    ['Be short', 'Folder /mnt/workdir', 'Say how it stands'],
  ]);
  expect(vtcode.answers).toEqual(['allow-once']);
  expect(shown.map((action) => (action.which === 'confirm' ? action.confirm.message : action.which))).toEqual([
    ...['Run ls?', 'notify', 'notify'],
  ]);
});

test('a run continues once when a rule says so', async () => {
  const again =
    '{:event :agent-before-settle :when (not {:count {:of :tool-calls :over 0}}) :do (continue {:text "Look into the folder first."})}';
  const { vtcode, session } = await open(rules(again), [[{ text: 'Done' }], [exec('c1', 'ls'), { text: 'Now.' }]]);
  expect(await session.prompt('Go')).toEqual({ stopReason: 'end_turn', text: 'Now.' });
  await session.close();
  expect(vtcode.prompts).toEqual([['Go'], ['Look into the folder first.']]);
});

test('a rule that ends the run ends VTCode', async () => {
  const end = '{:event :tool-call :do (block {:reason "Enough." :end-run true})}';
  const { session, vtcode } = await open(rules(end), [[exec('c1', 'ls'), { text: 'More' }]]);
  expect((await session.prompt('Go')).stopReason).toBe('aborted');
  await session.close();
  expect(vtcode.answers).not.toContain('allow-once');
});

test("an extension's message is the run's next prompt; one for later goes with the person's next", async () => {
  const on = [
    '{:event :tool-call :do (send-message {:text "And then this" :as :user :deliver :follow-up})}',
    '{:event :tool-call :do (send-message {:text "By the way" :as :note :deliver :next-turn})}',
  ].join(' ');
  const { vtcode, session } = await open(rules(on), [[exec('c1', 'ls')], [{ text: 'Then.' }], []]);
  expect((await session.prompt('Go')).text).toBe('Then.');
  await session.prompt('Next');
  await session.close();
  expect(vtcode.prompts).toEqual([['Go'], ['And then this'], ['By the way', 'Next']]);
});

test('stopping a run kills VTCode, and a later prompt fails', async () => {
  const { vtcode, session } = await open(rules(''), [[{ hang: true }]]);
  const run = session.prompt('Go');
  const later = session.prompt('More');
  await Promise.resolve();
  session.abort();
  expect(await run).toEqual({ stopReason: 'aborted', text: '' });
  await expect(later).rejects.toMatchObject({ code: 'disconnected' });
  await session.close();
  expect(vtcode.kills).toBeGreaterThan(0);
});

test('when VTCode ends unexpectedly, the run ends with its words', async () => {
  const { vtcode, session } = await open(rules(''), [[{ hang: true }]]);
  const run = session.prompt('Go');
  vtcode.kill();
  await expect(run).rejects.toMatchObject({ code: 'disconnected', message: 'VTCode has stopped: SIGKILL' });
  await session.close();
});

test("refuses by name what isn't supported", async () => {
  const offers =
    ':Tools [{:name "count" :description "Counts" :do (reply {:text "1"})}] :Commands [{:name "quiet" :do (set-status {:key "q" :text "on"})}]';
  const on = [
    '{:event :turn-end :do (log {:message "turn"})}',
    '{:event :tool-call :do (do (set-model {:provider "p" :model "m"}) (send-message {:text "Stop" :deliver :steer}))}',
    '{:event :tool-result :do (change-result {:replace "other"})}',
  ].join(' ');
  const { session, logged } = await open(rules(on, offers), [
    [exec('c1', 'ls', 'a.txt\n'), { id: 'c2', input: { cmd: 'pwd' }, unasked: true }],
  ]);
  await session.prompt('Go');
  await session.close();
  expect(logged.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      'vtcode-acp has no place for the tool count.',
      'vtcode-acp has no place for the command quiet.',
      "vtcode-acp doesn't report turn_end: rules for it never fire.",
      expect.stringContaining('set-model had no effect'),
      expect.stringContaining('steer has no carrier'),
      "unimplemented: vtcode-acp can't change the result of exec_command.",
      'VTCode runs exec_command without asking first: {"cmd":"pwd"}',
    ]),
  );
});

test("when VTCode can't be started, opening fails with its words", async () => {
  const vtcode = new FakeVtcode([]);
  vtcode.kill();
  const opening = AcpSession.open({
    ...{ process: vtcode, bridge: new ExtensionBridge(fakeLook([])), init: initWith({}, folder) },
    supervisor: { log: async () => ({}) },
    supervisorCapabilities: [],
  });
  await expect(opening).rejects.toMatchObject({ code: 'disconnected', message: 'VTCode has stopped: SIGKILL' });
});
