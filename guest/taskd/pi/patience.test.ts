import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuSecondsOf } from './patience';

test('counts what a process and its children use, and nothing of one that is gone', async () => {
  const program = 'const end = Date.now() + 300; while (Date.now() < end); console.log("done"); process.stdin.resume()';
  const child = spawn('sh', ['-c', `'${process.execPath}' -e '${program}'; true`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  expect(await cpuSecondsOf(child.pid ?? -1)).toBeGreaterThan(0.05);
  child.stdin.end();
  await exited;
  expect(await cpuSecondsOf(child.pid ?? -1)).toBe(0);
});
