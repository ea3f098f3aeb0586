/** `bridge …`: the bridge's own command line, in a separate process, like the bridge everywhere. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs it with the given words and returns its exit code. `programFolder` contains `main/` and `bridge/`. */
export async function bridgeCommand(programFolder: string, words: readonly string[]): Promise<number> {
  const program = join(programFolder, 'bridge', 'cli.cjs');
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...words], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
