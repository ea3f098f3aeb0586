/** Runs a small system command of the guest and says what it printed when it fails. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** @throws Error with the command's own words */
export async function run(command: string, ...parameters: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute(command, parameters, { timeout: 30_000 });
    return stdout;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`${command} ${parameters.join(' ')} failed: ${stderr?.trim() || message}`, { cause: error });
  }
}
