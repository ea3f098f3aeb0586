/** The names that a path in a task's folder is made of. */

/** The last of the names; a backslash is a letter like others here. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The names before it. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
