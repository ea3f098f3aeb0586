import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExtensionBridge } from '../../../events/extension-bridge';
import { fakeLook } from '../../../events/test/stage';
import { startDaemon, type Daemon } from '../daemon/daemon';
import { LiveSessions } from '../daemon/live-sessions';
import { visitDaemon } from '../daemon/visit';
import { runHook } from './run-hook';
import { statusText } from './status-text';

const behaviour = `{:Extension {:name "t" :version 1}
 :Status {:guard "on"}
 :On [{:name "no-push" :event :tool-call :tool "bash" :when {:input.command {:contains "push"}} :do (block {:reason "It's by hand"})}
      {:name "quiet" :event :tool-call :tool "bash" :when {:input.command {:starts-with "make"}} :do (patch-input {:command "make -s"})}
      {:name "ask" :event :tool-call :tool "bash" :when {:input.command {:starts-with "rm"}} :do (confirm {:title "T" :message "Sure?"})}
      {:name "no-count" :event :tool-call :tool "word_count" :do (block {:reason "no counting"})}
      {:name "hint" :event :tool-result :tool "bash" :do (change-result {:append "A hint."})}
      {:name "other" :event :tool-result :tool "ls" :do (change-result {:replace "nothing"})}
      {:name "context" :event :before-agent-start :do (do (notify {:message "Off it goes"}) (add-context {:text "In {folder}"}))}
      {:name "taken" :event :input :when {:text {:starts-with "!"}} :do (block {:reason "x"})}
      {:name "again" :event :agent-before-settle :when {:count {:of :tool-calls :under 1}} :do (continue {:text "Look first."})}]
 :Tools [{:name "word_count" :description "Counts" :do (reply {:text "4"})}]}`;

let folder: string;
let daemon: Daemon;
let socket: string;
const logged: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-hook-'));
  socket = join(folder, 'run', 'bridge.sock');
  const sessions = new LiveSessions({
    makeBridge: () => new ExtensionBridge(fakeLook([])),
    behaviours: async () => ({ files: [{ name: 'my.edn', text: behaviour }], mains: ['my.edn'] }),
    stateFolder: async () => folder,
    log: ({ message }) => void logged.push(message),
  });
  daemon = (await startDaemon({ socket, sessions, lingerMs: null }))!;
});
afterEach(async () => {
  await daemon.end();
  await rm(folder, { recursive: true });
});

const patience = { forMs: 0, everyMs: 10 };
async function hook(name: string, fields: object, at = socket): Promise<unknown> {
  const common = { session_id: 's1', cwd: '/ws', hook_event_name: name, transcript_path: null };
  const text = `${JSON.stringify({ ...common, ...fields })}\n`;
  const printed = await runHook({ text, socket: at, deadlineMs: 5000, patience });
  const { suppressOutput, ...output } = JSON.parse(printed) as Record<string, unknown>;
  expect(suppressOutput).toBe(true);
  return output;
}
const exec = (command: string) => ({
  tool_name: 'exec_command',
  tool_input: { cmd: command, command, action: 'run' },
  tool_call_id: 'call_1_0',
});
const ran = (output: string) => ({ success: true, output, wall_time: 0.21, exit_code: 0, is_exited: true });

test('allows a call, changes it, or denies it with its reason', async () => {
  expect(await hook('PreToolUse', exec('ls'))).toEqual({});
  expect(await hook('PreToolUse', exec('make all'))).toEqual({
    hookSpecificOutput: { hookEventName: 'PreToolUse', updatedInput: { cmd: 'make -s' } },
  });
  expect(await hook('PreToolUse', exec('git push'))).toEqual({
    systemMessage: "Blocked: It's by hand",
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      updatedInput: { cmd: `printf '%s\\n' 'blocked: It'\\''s by hand' >&2; exit 1` },
    },
  });
  const mcp = { tool_name: 'mcp::piwork::word_count', tool_input: { text: 'a' }, tool_call_id: 'c' };
  expect(await hook('PreToolUse', mcp)).toEqual({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: 'no counting',
    },
  });
});

test("doesn't ask the person about a command that only says why", async () => {
  const why = "printf '%s\\n' 'blocked: It'\\''s by hand' >&2; exit 1";
  const allowed = { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } } };
  expect(await hook('PermissionRequest', exec(why))).toEqual(allowed);
  for (const command of [
    'ls',
    `${why}; rm a`,
    "printf '%s\\n' 'blocked: ' >&2; rm a; echo '' >&2; exit 1",
    `\n${why}`,
  ]) {
    expect(await hook('PermissionRequest', exec(command))).toEqual({});
  }
});

test('a question that nobody can answer counts as no', async () => {
  expect(JSON.stringify(await hook('PreToolUse', exec('rm a')))).toContain('blocked: ');
});

test('context goes with the prompt, notices to the terminal, and a prompt can be handled', async () => {
  expect(await hook('UserPromptSubmit', { turn_id: 't', prompt: 'make a' })).toEqual({
    systemMessage: 'Off it goes',
    hookSpecificOutput: { hookEventName: 'UserPromptSubmit', additionalContext: 'In /ws' },
  });
  expect(await hook('UserPromptSubmit', { turn_id: 't', prompt: '!secret' })).toMatchObject({ decision: 'block' });
});

test('can add to a result, and refuses by name to replace it', async () => {
  expect(await hook('PostToolUse', { ...exec('ls'), tool_response: ran('a\n') })).toEqual({
    hookSpecificOutput: { hookEventName: 'PostToolUse', additionalContext: 'A hint.' },
  });
  const list = { tool_name: 'list_files', tool_input: { path: '.' }, tool_call_id: 'c', tool_response: ran('a') };
  expect(await hook('PostToolUse', list)).toMatchObject({
    systemMessage: "unimplemented: vtcode-tui can't replace the result of ls.",
  });
});

test('a session keeps its counts across hooks: a run continues until a tool was called', async () => {
  const stop = { last_assistant_message: 'Done', stop_hook_active: false };
  expect(await hook('Stop', stop)).toEqual({ decision: 'block', reason: 'Look first.' });
  await hook('PreToolUse', exec('ls'));
  expect(await hook('Stop', stop)).toEqual({});
  expect(await hook('SessionEnd', { reason: 'exit' })).toEqual({});
  const lines = (await readFile(join(folder, 'bridge.jsonl'), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { event: string; seq: number }).event)).toEqual([
    'agent-before-settle',
  ]);
});

test('without a bridge, denies a call and lets everything else continue', async () => {
  const nowhere = join(folder, 'nobody.sock');
  expect(await hook('PreToolUse', exec('ls'), nowhere)).toEqual({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason:
        "The extension didn't answer: The bridge isn't running. Start it with `vtcode.cjs daemon`.",
    },
  });
  expect(await hook('Stop', {}, nowhere)).toMatchObject({
    systemMessage: expect.stringContaining("isn't running") as string,
  });
});

test('the status line shows the statuses of the last session in its folder', async () => {
  await hook('SessionStart', { source: 'startup' });
  const visit = await visitDaemon(socket, { sessionId: '', cwd: '/ws' }, ['status']);
  expect(statusText(visit.shown)).toBe('on');
  visit.leave();
});

test('a second daemon leaves the socket to the first', async () => {
  const options = { makeBridge: () => new ExtensionBridge(fakeLook([])), log: () => undefined };
  const nothing = async () => ({ files: [], mains: [] });
  const sessions = new LiveSessions({ ...options, behaviours: nothing, stateFolder: async () => folder });
  expect(await startDaemon({ socket, sessions, lingerMs: null })).toBeNull();
});
