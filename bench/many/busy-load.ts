/** Processes that keep processors busy at normal priority, to see how Piwork does on a computer with other work. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Disposable } from '../../schema/transport';

/** Busy almost always. Ends when the bench does, however that ends, because its standard input ends then. */
const program = `
  process.stdin.resume().on('end', () => process.exit());
  const burn = () => { const until = Date.now() + 200; while (Date.now() < until); setImmediate(burn); };
  burn();
`;

/** Starts `count` of them; disposing ends exactly these. */
export async function busyLoad(count: number): Promise<Disposable> {
  const children: ChildProcess[] = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'ignore', 'inherit'] }),
  );
  await Promise.all(children.map((child) => once(child, 'spawn')));
  return { dispose: () => children.forEach((child) => void child.kill('SIGKILL')) };
}
