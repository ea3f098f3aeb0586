/** One task as a person has it: made, opened and prompted at once, and read when it has settled. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toWireError } from '../../schema/errors';
import type { BenchHost } from './bench-host';

export interface TaskResult {
  readonly name: string;
  /** It answered, and what it was to write is in its folder */
  readonly isWhole: boolean;
  /** From the prompt to the end of the run, in `ms` */
  readonly settledMs: number;
  /** How long it waited for its turn to open, in `ms` */
  readonly queuedMs: number;
  /** Every sentence that told of a failure */
  readonly problems: readonly string[];
}

/** As long as the page waits for an opening; the run itself has no deadline here. */
const openDeadlineMs = 16 * 60_000;

const hasWritten = async (file: string, text: string): Promise<boolean> =>
  (await readFile(file, 'utf8').catch(() => '')) === text;

export async function runOneTask({ connection, work }: BenchHost, name: string): Promise<TaskResult> {
  const { client, onEvent } = connection;
  const problems: string[] = [];
  const folder = join(work, name);
  await mkdir(folder, { recursive: true });
  const { taskId } = await client['task.create']({ title: name, folder, model: 'tour' });
  const promptId = randomUUID();
  let queuedSince: number | null = null;
  let queuedMs = 0;
  const settled = new Promise<string>((resolve) => {
    const listening = onEvent(({ event, payload }) => {
      if (event === 'task.changed' && payload.taskId === taskId) {
        const now = performance.now();
        if (queuedSince !== null) queuedMs += now - queuedSince;
        queuedSince = payload.openingAhead === null ? null : now;
      }
      if (event !== 'task.settled' || payload.promptId !== promptId) return;
      if (payload.problem !== null) problems.push(payload.problem);
      listening.dispose();
      resolve(payload.ending);
    });
  });
  const startedAt = performance.now();
  const opened = client['task.open']({ taskId }, { timeoutMs: openDeadlineMs }).catch((error: unknown) => {
    problems.push(`opening: ${toWireError(error).message}`);
  });
  const message = `tour: run printf ${name} > result.txt && cat result.txt`;
  const approvals = { allow: [], canAsk: false };
  await client['task.prompt']({ taskId, message, promptId, approvals });
  const ending = await settled;
  const settledMs = performance.now() - startedAt;
  await opened;
  if (ending !== 'answered') problems.push(`the run ended as ${ending}`);
  const isWritten = await hasWritten(join(folder, 'result.txt'), name);
  if (!isWritten) {
    const { items } = await client['task.conversation']({ taskId });
    const said = items.flatMap((item) => (item.kind === 'tool' ? [item.output] : []));
    problems.push(`what it was to write is missing; the tool said: ${said.join(' ')}`);
  }
  return { name, isWhole: problems.length === 0, settledMs, queuedMs, problems };
}

/** Runs `count` tasks, at most `together` at a time. */
export async function runTasks(
  host: BenchHost,
  { count, together, prefix }: { count: number; together: number; prefix: string },
): Promise<TaskResult[]> {
  const results: TaskResult[] = [];
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
  const work = async (): Promise<void> => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const result = await runOneTask(host, name);
      results.push(result);
      const seconds = (result.settledMs / 1_000).toFixed(1);
      console.log(`  ${name}: ${seconds} s ${result.isWhole ? '' : result.problems.join(' ')}`.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return results;
}
