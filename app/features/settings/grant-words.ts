import type { Grant } from '../../../schema/approvals';
import { shortPath } from '../../ui/format';
import { visibleText } from '../../ui/visible-text';

const verbs: Record<Grant['kind'], string> = {
  delete: 'deleting',
  rename: 'moving and renaming',
  change: 'changing file contents',
  run: 'running commands that need approval',
};

/** What a grant allows and where; `titleOf` returns a task's title. */
export function grantWords(
  { kind, scope, folder, taskId }: Grant,
  { home, titleOf }: { readonly home: string; readonly titleOf: (taskId: string) => string | undefined },
): string {
  const verb = verbs[kind];
  if (scope === 'folder') return `Always allow ${verb} in ${visibleText(shortPath(folder ?? '', home))}`;
  const title = (taskId === null ? undefined : titleOf(taskId)) ?? 'a removed task';
  return scope === 'task' ? `Allow ${verb} in the task “${title}”` : `Allow ${verb} in the current turn of “${title}”`;
}
