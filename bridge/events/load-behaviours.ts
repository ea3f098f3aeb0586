/** A session's behaviours, given as files: Piwork's guard first, then the person's own. */
import { compile, type CompiledBehaviour } from '../behaviour/compile';
import { loadFiles } from '../behaviour/load';
import { BehaviourError, problemLine } from '../behaviour/source/problem';
import type { BridgeInit } from '../../schema/generated/pi-api';

/** The setting that names a main file; there is one for each behaviour, in the order in which they apply. */
export const behaviourSetting = 'behaviour';

export interface LoadedBehaviours {
  readonly behaviours: readonly CompiledBehaviour[];
  /** `file:line:column: message` of files that can't be used; the others still apply */
  readonly problems: readonly string[];
}

/** Without a setting, the first file is the only behaviour. */
export async function loadBehaviours({ behaviourFiles, settings }: BridgeInit): Promise<LoadedBehaviours> {
  const texts = new Map(behaviourFiles.map(({ name, text }) => [name, text]));
  const named = settings.filter(({ name }) => name === behaviourSetting).map(({ value }) => value);
  const mains = named.length > 0 ? named : behaviourFiles.slice(0, 1).map(({ name }) => name);
  const behaviours: CompiledBehaviour[] = [];
  const problems: string[] = [];
  for (const main of mains) {
    try {
      behaviours.push(compile(await loadFiles(main, (file) => Promise.resolve(texts.get(file) ?? null))));
    } catch (error) {
      if (!(error instanceof BehaviourError)) throw error;
      problems.push(...error.problems.map(problemLine));
    }
  }
  return { behaviours, problems };
}
