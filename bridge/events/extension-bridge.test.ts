import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UiReply } from '../../schema/generated/pi-api';
import type { JournalEntry } from './journal';
import { hostInfo, initWith, prompt, settled, stage, toolCall, workdir, type Answers } from './test/stage';

const guard = readFileSync(join(__dirname, '../guard/guard.edn'), 'utf8');
const rm = toolCall('bash', { command: 'rm a.txt b.txt' });

async function attached(
  answers?: Answers,
  files: Readonly<Record<string, string>> = { 'guard.edn': guard },
  state?: string,
) {
  const { bridge, host, ...rest } = stage(['a.txt', 'b.txt'], answers);
  await bridge.attach({ host, init: initWith(files, state) });
  const manifest = await bridge.describe(hostInfo);
  return { bridge, host, manifest, ...rest };
}

test('the guard subscribes to tool calls', async () => {
  const { manifest } = await attached();
  expect(manifest).toMatchObject({ name: 'piwork-guard', needs: ['blockTool'] });
  expect(manifest.events.map(({ name, class: kind }) => [name, kind])).toContainEqual(['tool_call', 'gate']);
});

test('asks about a command that deletes, with everything it deletes, and allows it after a yes', async () => {
  const { bridge, asked } = await attached();
  expect(await bridge.handleEvent(rm)).toEqual({ which: 'none' });
  expect(asked).toMatchObject([
    {
      sentence: 'delete 2 files',
      acts: ['a.txt', 'b.txt'].map((name) => ({ kind: 'delete', path: `${workdir}/${name}`, count: 1 })),
    },
  ]);
});

test('a no blocks it with the reason, in words for the model', async () => {
  const { bridge } = await attached({ askAct: () => ({ allowed: false, reason: 'The person did not allow it.' }) });
  expect(await bridge.handleEvent(rm)).toEqual({
    which: 'blockTool',
    blockTool: { reason: '[Piwork] The person did not allow it.', terminate: false },
  });
});

test("doesn't ask about a command that touches nothing", async () => {
  const { bridge, asked } = await attached();
  for (const command of ['ls', 'rm absent', 'cat a.txt > c.txt']) {
    expect(await bridge.handleEvent(toolCall('bash', { command }))).toEqual({ which: 'none' });
  }
  expect(asked).toEqual([]);
});

test('when an actor fails the call is blocked with a reason, and the next one works', async () => {
  const { bridge, look, logged } = await attached();
  look.broken = true;
  expect(await bridge.handleEvent(rm)).toMatchObject({
    which: 'blockTool',
    blockTool: { reason: expect.stringContaining('the folder cannot be looked at') as string },
  });
  look.broken = false;
  expect(await bridge.handleEvent(rm)).toEqual({ which: 'none' });
  expect(logged).toMatchObject([{ level: 'error' }]);
});

test("names a file that can't be used, and still applies the others", async () => {
  const mine = '{:Extension {:name "mine"} :On [{:event :tool-cal :do (block {:reason "no"})}]}';
  const { bridge, shown, asked } = await attached({}, { 'guard.edn': guard, 'mine.edn': mine });
  expect(shown).toMatchObject([
    { which: 'notify', notify: { level: 'warning', message: expect.stringContaining('mine.edn:1:41') as string } },
  ]);
  await bridge.handleEvent(rm);
  expect(asked).toHaveLength(1);
});

test("a person's own rule comes after the guard's, and sees what was patched before it", async () => {
  const first = `{:Extension {:name "first"}
    :On [{:event :tool-call :tool "bash" :do (patch-input {:command "echo {input.command}"})}]}`;
  const second = `{:Extension {:name "second"}
    :On [{:event :tool-call :when {:input.command {:starts-with "echo"}} :do (block {:reason "no {input.command}"})}]}`;
  const { bridge } = await attached({}, { 'first.edn': first, 'second.edn': second });
  expect(await bridge.handleEvent(toolCall('bash', { command: 'ls' }))).toEqual({
    which: 'blockTool',
    blockTool: { reason: 'no echo ls', terminate: false },
  });
});

test('keeps a session separate from the previous one, and stores decisions beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-'));
  const { bridge, host } = await attached({}, { 'guard.edn': guard }, folder);
  await bridge.handleEvent(rm);
  const read = (): string => readFileSync(join(folder, 'bridge.jsonl'), 'utf8');
  await bridge.shutdown({ reason: 'new' });
  await bridge.attach({ host, init: initWith({}) });
  await bridge.describe(hostInfo);
  expect(await bridge.handleEvent(rm)).toEqual({ which: 'none' });
  expect(JSON.parse(read())).toMatchObject({
    event: 'tool-call',
    rules: ['ask-before-it-runs'],
    asked: [{ kind: 'ask-act', isYes: true }],
  });
  rmSync(folder, { recursive: true });
});

test('a call before a session, and another version, give errors that say so', async () => {
  const { bridge, host } = stage([]);
  await expect(bridge.handleEvent(rm)).rejects.toMatchObject({ code: 'notReady' });
  await bridge.attach({ host, init: initWith({}) });
  await expect(bridge.describe({ ...hostInfo, protocolVersion: 2 })).rejects.toMatchObject({
    code: 'protocolMismatch',
  });
});

const offering = `{:Extension {:name "offering"}
  :Tools [{:name "shout" :description "Says it louder" :parameters {:text {:type :string :description "What to say"}}
           :do (do (progress {:text "half"}) (reply {:text "{input.text}!"}))}
          {:name "ask" :description "Asks" :parameters {}
           :do (do (confirm {:title "Sure?"}) (reply {:text "sure"}))}]
  :Commands [{:name "greet" :description "Greets" :complete ["world" "moon"]
              :do (notify {:level :info :message "hello {arguments}"})}]}`;

test('a tool answers, with progress; an unknown tool gives an error that says so', async () => {
  const { bridge, updates } = await attached({}, { 'offering.edn': offering });
  const call = { callId: 'c1', toolName: 'shout', inputJson: '{"text":"hey"}' };
  expect(await bridge.executeTool(call)).toMatchObject({ content: [{ which: 'text', text: 'hey!' }], isError: false });
  expect(updates).toMatchObject([{ callId: 'c1', content: [{ text: 'half' }] }]);
  await expect(bridge.executeTool({ ...call, toolName: 'other' })).rejects.toMatchObject({ code: 'notFound' });
});

test('a tool that asks fails after a no, and ends when it is cancelled', async () => {
  let onAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (onAsked = resolve));
  const replies: Array<Promise<UiReply>> = [Promise.resolve({ which: 'cancelled' }), new Promise(() => undefined)];
  const uiAction = (): Promise<UiReply> => {
    if (replies.length === 1) onAsked();
    return replies.shift()!;
  };
  const { bridge } = await attached({ uiAction }, { 'offering.edn': offering });
  const call = { callId: 'c2', toolName: 'ask', inputJson: '{}' };
  expect(await bridge.executeTool(call)).toMatchObject({ isError: true });
  const ended = bridge.executeTool(call).catch((error: unknown) => error);
  await asked;
  await bridge.cancel({ callId: 'c2', reason: 'the run was stopped' });
  expect(await ended).toMatchObject({ code: 'cancelled' });
});

test('a command does what it says, and its argument is completed', async () => {
  const { bridge, shown } = await attached({}, { 'offering.edn': offering });
  expect(await bridge.completeArguments({ name: 'greet', prefix: 'mo' })).toEqual({
    items: [{ value: 'moon', label: 'moon' }],
  });
  expect(await bridge.executeCommand({ callId: 'c3', name: 'greet', arguments: 'moon' })).toEqual({ which: 'done' });
  expect(shown).toContainEqual({ which: 'notify', notify: { message: 'hello moon', level: 'info' } });
});

test('every prompt has the same hint, of what was in the folder at the first one', async () => {
  const { bridge, names } = await attached();
  const hinted = async (): Promise<string | undefined> => {
    const response = await bridge.handleEvent(prompt('hello'));
    return response.which === 'beforeAgentStart' ? response.beforeAgentStart.appendToSystemPrompt : response.which;
  };
  const first = await hinted();
  expect(first).toContain(`Names in ${workdir} when the task began`);
  expect(first).toContain('- a.txt\n- b.txt');
  names.push('new.txt');
  expect(await hinted()).toBe(first);
});

test('a rule can distinguish the first prompt of a session from a later one', async () => {
  const greeting = `{:Extension {:name "g"}
    :On [{:event :before-agent-start :when {:is-first true} :do (add-context {:text "Say hello."})}]}`;
  const which = async (answers: Answers): Promise<string[]> => {
    const { bridge } = await attached(answers, { 'g.edn': greeting });
    return [(await bridge.handleEvent(prompt('a'))).which, (await bridge.handleEvent(prompt('b'))).which];
  };
  expect(await which({})).toEqual(['beforeAgentStart', 'none']);
  expect(await which({ entries: [{ id: 'e', type: 'message', json: '{}' }] })).toEqual(['none', 'none']);
});

test('stores what the calls of a turn were about to change as its ledger', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-'));
  const { bridge } = await attached({}, { 'guard.edn': guard }, folder);
  await bridge.handleEvent(prompt('hello'));
  await bridge.handleEvent(rm);
  await bridge.handleEvent(toolCall('write', { path: 'new.md', content: '' }));
  await bridge.handleEvent(settled());
  await bridge.handleEvent(prompt('and now'));
  await bridge.handleEvent(settled());
  await bridge.shutdown({ reason: 'quit' });
  const lines = readFileSync(join(folder, 'bridge.jsonl'), 'utf8').trim().split('\n');
  const ledgers = lines.map((line) => JSON.parse(line) as JournalEntry).filter(({ event }) => event === 'ledger');
  expect(ledgers.map(({ files }) => files)).toEqual([
    [
      { kind: 'delete', path: `${workdir}/a.txt`, target: '' },
      { kind: 'delete', path: `${workdir}/b.txt`, target: '' },
      { kind: 'create', path: `${workdir}/new.md`, target: '' },
    ],
  ]);
  rmSync(folder, { recursive: true });
});
