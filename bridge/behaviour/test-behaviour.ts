/** For tests: a behaviour from texts by file name. */
import { compile, type CompiledBehaviour } from './compile';
import { loadFiles } from './load';
import { BehaviourError, problemLine } from './source/problem';

/** Compiles files given as texts; the main one is `main.edn`. */
export async function behaviourOf(files: Readonly<Record<string, string>>): Promise<CompiledBehaviour> {
  return compile(await loadFiles('main.edn', async (file) => Promise.resolve(files[file] ?? null)));
}

/** The problems of `main.edn` with this text, one per line; empty when it compiles. */
export async function problemsOf(
  text: string,
  others: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  try {
    await behaviourOf({ ...others, 'main.edn': text });
    return [];
  } catch (error) {
    if (!(error instanceof BehaviourError)) throw error;
    return error.problems.map(problemLine);
  }
}

/** A behaviour with these rules and nothing else. */
export async function rulesOf(rules: string): Promise<CompiledBehaviour> {
  return behaviourOf({ 'main.edn': `{:Extension {:name "test"}\n :On [${rules}]}` });
}
