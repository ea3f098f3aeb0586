/**
 * Asks the bridge's own command line whether a behaviour can be used: the host knows nothing of its language.
 *
 * It runs in a worker thread, since the program that runs this one may be Electron, which starts no Node by itself.
 */
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';

export interface Checked {
  /** Such as `2 rules, 1 tool`; `null` when it cannot be used */
  readonly summary: string | null;
  readonly problems: readonly string[];
}

const deadlineMs = 20_000;
const problemLine = /^(.+?):(\d+):(\d+): (.*)$/;

/** `file.edn: name 1, 2 rules` → `2 rules` */
const summaryOf = (line: string): string => line.split(', ').slice(1).join(', ') || 'the file is empty';

/** `file` is relative to `folder`. Never rejects: what cannot be checked has a problem. */
export async function checkBehaviour(bridgeCli: string, folder: string, file: string): Promise<Checked> {
  const notChecked: Checked = { summary: null, problems: [`Piwork couldn't check ${file}. Try again.`] };
  const worker = new Worker(bridgeCli, {
    argv: ['check', file],
    // Where the command line looks for files that are named to it.
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
