/**
 * Setting the clock and the random pool after a resume.
 *
 * Both are frozen in a template, and Node can set neither. A small Python process is started before the template is
 * saved and waits for its one line, so that waking costs no start of an interpreter.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

export interface Waker {
  /** @throws Error with the helper's words when the clock or the pool could not be set */
  wake(values: { nowMs: number; entropy: string }): Promise<void>;
}

function finished(child: ChildProcessWithoutNullStreams): Promise<void> {
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the clock could not be set: ${stderr.trim()}`));
    });
  });
}

export function prepareWaker(): Waker {
  const child = spawn('python3', ['-S', '-E', '/opt/piwork/wake.py']);
  const end = finished(child);
  // Reported by `wake`; before that nobody waits for it.
  end.catch(() => undefined);
  return {
    wake: async (values) => {
      child.stdin.end(`${JSON.stringify(values)}\n`);
      await end;
    },
  };
}
