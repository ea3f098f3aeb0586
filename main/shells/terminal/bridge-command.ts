/** `bridge …`: the bridge's own command line, in a process of its own as the bridge is everywhere. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs it with the words given; answers with its exit code. `programFolder` is where `main/` and `bridge/` are. */
export async function bridgeCommand(programFolder: string, words: readonly string[]): Promise<number> {
  const program = join(programFolder, 'bridge', 'cli.cjs');
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...words], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
