/** A scripted run: an agent that reads, thinks, writes a file and answers, delta by delta. */
import type { ConversationChange } from '../../../schema/conversation';
import type { FakeHost } from './fake-host';

interface Step {
  readonly delayMs: number;
  readonly run: () => void;
}

const fileNames = ['annual-report.docx', 'draft.txt', 'margins.xlsx', 'notes.md', 'untitled.csv', 'photo-0012.jpg'];

const answer = `The folder holds **214 files** in 12 folders, 137.8 MB together.

- The newest is \`margins-final.xlsx\`, changed yesterday at 17:42.
- Three files are empty; I listed them in the summary.

\`\`\`bash
find . -type f -size 0
\`\`\`

You find everything in \`summary.md\` in the outputs.
`;

const stops = new WeakMap<FakeHost, Map<string, () => void>>();

/** Streams a run into the task; it ends by itself or with `stopFakeRun`. */
export function startFakeRun(
  host: FakeHost,
  { taskId, message, promptId }: { readonly taskId: string; readonly message: string; readonly promptId: string },
): void {
  let isStopped = false;
  const name = (part: string): string => `${promptId}-${part}`;
  const change = (...changes: ConversationChange[]): void => host.changeConversation(taskId, ...changes);
  const steps = scriptOf(host, { taskId, name, change });

  const settle = (isAborted: boolean): void => {
    change({ type: 'patch', id: name('answer'), patch: { isStreaming: false } });
    host.changeTask(taskId, {
      activity: 'idle',
      promptInFlight: null,
      updatedAt: host.now(),
      usage: { input: 4210, output: 388, cacheRead: 3100, cacheWrite: 0, cost: 0 },
    });
    host.emit({
      event: 'task.settled',
      taskId,
      payload: { taskId, promptId, ending: isAborted ? 'stopped' : 'answered', isAborted, problem: null },
    });
  };

  const next = (index: number): void => {
    const step = steps[index];
    if (isStopped) return;
    if (!step) return settle(false);
    host.after(step.delayMs, () => {
      if (isStopped) return;
      step.run();
      next(index + 1);
    });
  };

  const stopsOfHost = stops.get(host) ?? new Map<string, () => void>();
  stops.set(host, stopsOfHost);
  stopsOfHost.set(taskId, () => {
    if (isStopped) return;
    isStopped = true;
    change({
      type: 'add',
      item: { id: name('stop'), at: host.now(), kind: 'notice', level: 'info', text: 'Stopped.' },
    });
    settle(true);
  });

  host.changeTask(taskId, { activity: 'running', promptInFlight: promptId, updatedAt: host.now() });
  change({ type: 'add', item: { id: name('user'), at: host.now(), kind: 'user', text: message, promptId } });
  next(0);
}

export const stopFakeRun = (host: FakeHost, taskId: string): void => stops.get(host)?.get(taskId)?.();

interface ScriptOptions {
  readonly taskId: string;
  readonly name: (part: string) => string;
  readonly change: (...changes: ConversationChange[]) => void;
}

function scriptOf(host: FakeHost, { taskId, name, change }: ScriptOptions): readonly Step[] {
  const at = (): number => host.now();
  const append = (part: string, field: 'text' | 'thinking' | 'output', delta: string) => (): void =>
    change({ type: 'append', id: name(part), field, delta });
  const streamed = (part: string, field: 'text' | 'thinking' | 'output', text: string, delayMs: number): Step[] =>
    (text.match(/\S+\s*/g) ?? []).map((delta) => ({ delayMs, run: append(part, field, delta) }));
  const assistant = (part: string) => (): void =>
    change({
      type: 'add',
      item: { id: name(part), at: at(), kind: 'assistant', text: '', thinking: '', isStreaming: true },
    });
  const tool = (part: string, toolName: string, args: Record<string, unknown>) => (): void =>
    change({
      type: 'add',
      item: { id: name(part), at: at(), kind: 'tool', toolName, args, status: 'running', output: '' },
    });
  const done = (part: string, durationMs: number) => (): void =>
    change({ type: 'patch', id: name(part), patch: { status: 'done', durationMs } });

  return [
    { delayMs: 300, run: assistant('plan') },
    ...streamed('plan', 'thinking', 'I should list the files before I say anything about them.', 30),
    ...streamed('plan', 'text', 'I will look at what is in the folder.', 40),
    {
      delayMs: 100,
      run: () => change({ type: 'patch', id: name('plan'), patch: { isStreaming: false, stopReason: 'toolUse' } }),
    },
    { delayMs: 50, run: tool('find', 'bash', { command: 'find . -type f | sort' }) },
    ...fileNames.map((file) => ({ delayMs: 120, run: append('find', 'output', `./2025/${file}\n`) })),
    { delayMs: 200, run: done('find', 1240) },
    {
      delayMs: 50,
      run: tool('write', 'write', { path: `/mnt/taskstate/${taskId}/outputs/summary.md`, content: '# Summary' }),
    },
    {
      delayMs: 250,
      run: () => {
        done('write', 41)();
        host.addArtifact(
          taskId,
          { area: 'outputs', path: 'summary.md', bytes: 1204, modifiedAt: host.now() },
          { kind: 'markdown', text: '# Summary\n\n214 files, 137.8 MB.', isTruncated: false },
        );
      },
    },
    { delayMs: 250, run: assistant('answer') },
    ...streamed('answer', 'text', answer, 35),
  ];
}
