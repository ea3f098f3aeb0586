/** The names in a path of a task's folder. */

/** The last name; a backslash is an ordinary character here. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The names before it. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
