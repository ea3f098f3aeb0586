/** A task's outputs and uploads: lists them, shows one, accepts one. */
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Artifact, ArtifactArea, Preview } from '../../schema/artifacts';
import { RpcError } from '../../schema/errors';
import { artifactNames, openArtifact } from './artifact-path';
import { previewCapBytes, previewOf } from './preview';

const listCap = 2_000;
const uploadCapBytes = 5 * 1_048_576;

export class Artifacts {
  constructor(private readonly taskstate: string) {}

  areaPath(taskId: string, area: ArtifactArea): string {
    return join(this.taskstate, taskId, area);
  }

  /** Regular files of both areas, newest first, at most 2,000. */
  async list(taskId: string): Promise<Artifact[]> {
    const found: Artifact[] = [];
    for (const area of ['outputs', 'uploads'] as const) await this.#walk(taskId, area, '', found);
    return found.sort((a, b) => b.modifiedAt - a.modifiedAt || a.path.localeCompare(b.path));
  }

  /** @throws RpcError `NOT_FOUND` */
  async preview(taskId: string, area: ArtifactArea, path: string): Promise<Preview> {
    const file = await openArtifact(this.areaPath(taskId, area), path);
    try {
      const { size } = await file.stat();
      const buffer = Buffer.alloc(Math.min(size, previewCapBytes(path)));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return previewOf(path, buffer.subarray(0, bytesRead), size);
    } finally {
      await file.close();
    }
  }

  /** Writes a new upload; if the name is taken, it gets a number. @throws RpcError `INVALID_REQUEST` */
  async upload(taskId: string, name: string, dataBase64: string): Promise<Artifact> {
    const [only, ...more] = artifactNames(name);
    if (only === undefined || more.length > 0)
      throw new RpcError('INVALID_REQUEST', 'An uploaded file needs a plain file name, without slashes.');
    const bytes = Buffer.from(dataBase64, 'base64');
    if (bytes.length > uploadCapBytes)
      throw new RpcError('INVALID_REQUEST', 'This file is too large. You can add files of up to 5 MB.');
    const folder = this.areaPath(taskId, 'uploads');
    await mkdir(folder, { recursive: true });
    for (let number = 1; ; number++) {
      const path =
        number === 1 ? only : `${only.slice(0, only.length - extname(only).length)} ${number}${extname(only)}`;
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
      const file = await open(join(folder, path), flags, 0o644).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
        throw error;
      });
      if (!file) continue;
      try {
        await file.writeFile(bytes).finally(() => file.close());
      } catch (error) {
        // Half a file is worse than none: the agent would believe that it is complete.
        await rm(join(folder, path), { force: true });
        throw error;
      }
      return { area: 'uploads', path, bytes: bytes.length, modifiedAt: Date.now() };
    }
  }

  async #walk(taskId: string, area: ArtifactArea, below: string, found: Artifact[]): Promise<void> {
    const folder = join(this.areaPath(taskId, area), below);
    // A task that never ran has no folder yet.
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (found.length >= listCap) return;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await this.#walk(taskId, area, path, found);
      if (!entry.isFile()) continue;
      // It may be gone by now.
      const stats = await lstat(join(folder, entry.name)).catch(() => null);
      if (stats) found.push({ area, path, bytes: stats.size, modifiedAt: stats.mtimeMs });
    }
  }
}
