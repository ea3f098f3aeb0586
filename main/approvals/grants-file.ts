/** The stored grants: `<stateFolder>/grants.json`. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { grant, type Grant } from '../../schema/approvals';
import { readStateFile, type SetAside } from '../state-files/read-state-file';
import { replaceFile } from '../../node/replace-file';

/** A grant that doesn't say what it applies to applies to nothing, so the file is rejected. */
const keptGrant = z
  .strictObject(grant.shape)
  .refine(
    ({ scope, taskId, folder }) =>
      (scope === 'task' && taskId !== null && folder === null) ||
      (scope === 'folder' && taskId === null && folder !== null && isAbsolute(folder)),
    'a grant is for a task or for an absolute folder',
  );

const grantsFile = z.strictObject({ version: z.literal(1), grants: z.array(keptGrant) });

export interface LoadedGrants {
  readonly grants: readonly Grant[];
  readonly setAside: SetAside | null;
}

export class GrantsFile {
  #saved: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly now: () => number,
  ) {}

  /** An unreadable file is reported and grants nothing. Never rejects. */
  async load(): Promise<LoadedGrants> {
    try {
      const { value, setAside } = await readStateFile(this.path, grantsFile, this.now);
      return { grants: value?.grants ?? [], setAside };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { grants: [], setAside: { path: this.path, reason } };
    }
  }

  /** Writes one state after another, each as it is when its turn comes. Rejects when it couldn't be written. */
  save(current: () => readonly Grant[]): Promise<void> {
    const saved = this.#saved.then(() =>
      replaceFile(this.path, `${JSON.stringify({ version: 1, grants: current() }, null, 2)}\n`, 0o600),
    );
    // The caller handles the error.
    this.#saved = saved.catch(() => undefined);
    return saved;
  }
}
