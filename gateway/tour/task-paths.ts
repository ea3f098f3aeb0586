/** Reads a task's folders from the system prompt, where taskd states them one a line. */

export interface TaskPaths {
  readonly workingFolder: string | null;
  readonly outputs: string | null;
  readonly uploads: string | null;
}

/** The last line wins: taskd appends its lines, and a project's own notes may say similar things before. */
const lastLine = (system: string, label: string): string | null => {
  const found = [...system.matchAll(new RegExp(`^${label}: (/.*)$`, 'gm'))].at(-1)?.[1];
  return found?.trimEnd() ?? null;
};

export const readTaskPaths = (system: string): TaskPaths => ({
  workingFolder: lastLine(system, 'Working folder'),
  outputs: lastLine(system, 'Outputs folder'),
  uploads: lastLine(system, String.raw`Uploads folder \(read-only\)`),
});
