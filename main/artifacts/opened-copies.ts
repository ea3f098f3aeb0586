/**
 * Copies of files that other programs open. The agent can replace its own file at any moment; a copy is what was
 * checked. Nobody may write to one, so an editor says that it can't save there.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A place for one copy that doesn't exist yet */
export interface CopyPlace {
  readonly folder: string;
  read(name: string): Promise<Buffer>;
  remove(): Promise<void>;
}

export class OpenedCopies {
  private constructor(private readonly folder: string) {}

  /** Removes what an earlier run left. `folder` is on the host only. */
  static async open(folder: string): Promise<OpenedCopies> {
    await rm(folder, { recursive: true, force: true });
    return new OpenedCopies(folder);
  }

  /** A new, private place. */
  async place(): Promise<CopyPlace> {
    const folder = join(this.folder, randomUUID());
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return {
      folder,
      read: (name) => readFile(join(folder, name)),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  }
}
