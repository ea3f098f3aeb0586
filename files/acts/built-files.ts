/** What a turn changed that programs run when somebody builds, as one sentence. */
import type { Change } from '../journal/take-back/net-changes';
import { isBuilt } from './running-names';

const named = 3;

/** `null` when there is no such file. Files that the agent brought along with whole packages are not named one by one. */
export function builtFiles(changes: readonly Change[]): string | null {
  const paths = changes
    .filter(({ area, kind, to }) => area === 'folder' && kind !== 'deleted' && to !== undefined)
    .map(({ to = [] }) => to)
    .filter((names) => isBuilt(names) && !names.includes('node_modules'))
    .map((names) => names.join('/'));
  if (paths.length === 0) return null;
  const more = paths.length > named ? ` and ${(paths.length - named).toLocaleString('en')} more` : '';
  const list = `${paths.slice(0, named).join(', ')}${more}`;
  return `The agent changed ${list}. Programs on this computer run what is in there when you build or install. Look at the changes first.`;
}
