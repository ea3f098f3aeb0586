/**
 * Names of a folder as paths for the host's own calls: what keeps and brings back files as they are. They are walked as
 * the folder itself walks, so no link can lead them out.
 */
import { LinuxPaths } from '../confined/linux-paths';
import { PortablePaths } from '../confined/portable-paths';
import type { SafePaths } from '../confined/safe-paths';
import type { Names } from '../folder/folder-files';

export class HostEntries {
  readonly #paths: SafePaths;

  /** @param root a real path. @throws the system's error when the folder cannot be opened */
  constructor(root: string, platform: NodeJS.Platform = process.platform) {
    this.#paths = platform === 'linux' ? new LinuxPaths(root, 64) : new PortablePaths(root, platform);
  }

  /** A path for one call right now, one that does not follow a link. @throws Errno, or the system's error */
  path(names: Names): string {
    // The path of before is used no more.
    this.#paths.settle();
    this.#paths.check(names);
    return this.#paths.entry(names);
  }

  close(): void {
    this.#paths.close();
  }
}
