/** `fmt FILE [--check]`: formats a file, or says whether that would change it. */
import { format } from '../behaviour/format/format';
import { BehaviourError } from '../behaviour/source/problem';
import { CliUsageError, type CliIo } from './cli-io';
import { showProblems } from './show-problems';

/** Returns the exit code: 1 when the file can't be read, or with `isCheck` when it would be changed. */
export async function fmtCommand(file: string, isCheck: boolean, io: CliIo): Promise<number> {
  const text = await io.readText(file);
  if (text === null) throw new CliUsageError(`${file} doesn't exist.`);
  try {
    const formatted = format({ file, text });
    if (formatted === text) return 0;
    if (isCheck) {
      io.complain(`${file} isn't formatted. Run: npm start -- bridge fmt ${file}`);
      return 1;
    }
    if (file === '-') io.print(formatted.trimEnd());
    else await io.writeText(file, formatted);
    return 0;
  } catch (error) {
    if (!(error instanceof BehaviourError)) throw error;
    await showProblems(error.problems, io);
    return 1;
  }
}
