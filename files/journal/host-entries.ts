/**
 * Names of a folder as paths for the host's own calls, which keep files and bring them back. They are resolved like the
 * folder's own, so no link can lead them out.
 */
import { LinuxPaths } from '../confined/linux-paths';
import { PortablePaths } from '../confined/portable-paths';
import type { SafePaths, SystemPath } from '../confined/safe-paths';
import type { Names } from '../folder/folder-files';

export class HostEntries {
  readonly #paths: SafePaths;

  /** @param root a real path. @throws the system's error when the folder can't be opened */
  constructor(root: string, platform: NodeJS.Platform = process.platform) {
    this.#paths = platform === 'linux' ? new LinuxPaths(root, 64) : new PortablePaths(root, platform);
  }

  /** A path for one immediate call that follows no link. @throws Errno, or the system's error */
  path(names: Names): SystemPath {
    // The previous path is no longer used.
    this.#paths.settle();
    this.#paths.check(names);
    return this.#paths.entry(names);
  }

  close(): void {
    this.#paths.close();
  }
}
