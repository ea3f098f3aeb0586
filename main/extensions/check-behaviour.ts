/**
 * Asks the bridge's own command line whether a behaviour is valid: the host doesn't know its language.
 *
 * It runs in a worker thread, because this program may be Electron, which can't start plain Node.
 */
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';

export interface Checked {
  /** Such as `2 rules, 1 tool`; `null` when it isn't valid */
  readonly summary: string | null;
  readonly problems: readonly string[];
}

const deadlineMs = 20_000;
const problemLine = /^(.+?):(\d+):(\d+): (.*)$/;

/** `file.edn: name 1, 2 rules` → `2 rules` */
const summaryOf = (line: string): string => line.split(', ').slice(1).join(', ') || 'the file is empty';

/** `file` is relative to `folder`. Never rejects: a check that fails is reported as a problem. */
export async function checkBehaviour(bridgeCli: string, folder: string, file: string): Promise<Checked> {
  const notChecked: Checked = { summary: null, problems: [`Piwork couldn't check ${file}. Try again.`] };
  const worker = new Worker(bridgeCli, {
    argv: ['check', file],
    // The command line resolves relative file names against this.
    env: { INIT_CWD: folder },
    stdout: true,
    stderr: true,
  });
  const timer = setTimeout(() => void worker.terminate(), deadlineMs);
  try {
    const ended = once(worker, 'exit') as Promise<[number]>;
    const [out, errors, [code]] = await Promise.all([text(worker.stdout), text(worker.stderr), ended]);
    if (code === 0) return { summary: summaryOf(out.split('\n')[0] ?? ''), problems: [] };
    const problems = errors.split('\n').filter((line) => problemLine.test(line));
    return problems.length > 0 ? { summary: null, problems } : notChecked;
  } catch {
    // The command line itself failed; `once` rejects with a worker's error.
    return notChecked;
  } finally {
    clearTimeout(timer);
  }
}
