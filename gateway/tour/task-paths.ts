/** Reads a task's folders from the system prompt, where taskd lists them, one per line. */

export interface TaskPaths {
  readonly workingFolder: string | null;
  readonly outputs: string | null;
  readonly uploads: string | null;
}

/** The last line counts: taskd appends its lines, and a project's own notes may contain similar ones before. */
const lastLine = (system: string, label: string): string | null => {
  const found = [...system.matchAll(new RegExp(`^${label}: (/.*)$`, 'gm'))].at(-1)?.[1];
  return found?.trimEnd() ?? null;
};

export const readTaskPaths = (system: string): TaskPaths => ({
  workingFolder: lastLine(system, 'Working folder'),
  outputs: lastLine(system, 'Outputs folder'),
  uploads: lastLine(system, String.raw`Uploads folder \(read-only\)`),
});
