/** A behaviour by the name of its main file. */
import { compile, type CompiledBehaviour } from '../behaviour/compile';
import { loadFiles } from '../behaviour/load';
import { BehaviourError } from '../behaviour/source/problem';
import type { CliIo } from './cli-io';
import { showProblems } from './show-problems';

/** The behaviour; `null` when it can't be used, after printing why. */
export async function loadBehaviour(file: string, io: CliIo): Promise<CompiledBehaviour | null> {
  try {
    return compile(await loadFiles(file, (name) => io.readText(name)));
  } catch (error) {
    if (!(error instanceof BehaviourError)) throw error;
    await showProblems(error.problems, io);
    return null;
  }
}
