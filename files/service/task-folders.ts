/** The roots of a task's folders: their identity, and which are the task's own. */
import { mkdirSync, statSync } from 'node:fs';
import type { TaskPlaces } from '../../schema/files-api';
import { errnoOf } from '../folder/errno';

/** Identifies the folders at the task's places: one that was deleted and created again is a different one. */
export function identitiesOf({ folder, outputs, uploads, session }: TaskPlaces): string {
  const identities = [folder, outputs, uploads, session].map((path) => {
    if (path === null) return 'none';
    try {
      const { dev, ino } = statSync(path, { bigint: true });
      return `${dev}:${ino}`;
    } catch (error) {
      return errnoOf(error);
    }
  });
  return identities.join(' ');
}

/** The path of one of the task's own folders, created again if it was deleted. */
export function ownFolder(places: TaskPlaces, area: 'session' | 'outputs' | 'uploads'): string {
  mkdirSync(places[area], { recursive: true, mode: 0o700 });
  return places[area];
}

/** Creates the task's own folders that were deleted; never the person's folder. */
export function makeOwnFolders(places: TaskPlaces): void {
  for (const area of ['session', 'outputs', 'uploads'] as const) ownFolder(places, area);
}
