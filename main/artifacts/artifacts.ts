/**
 * A task's outputs and uploads: lists them, shows one, accepts one, always through the file server's confined folders.
 */
import type { Artifact, ArtifactArea, Preview } from '../../schema/artifacts';
import { RpcError } from '../../schema/errors';
import type { FilesApi } from '../../schema/files-api';
import type { Client } from '../../schema/rpc';
import { artifactNames } from './artifact-path';
import { previewCapBytes, previewOf } from './preview';

const listCap = 2_000;
const uploadCapBytes = 5 * 1_048_576;

export class Artifacts {
  constructor(private readonly files: Pick<Client<FilesApi>, 'area.list' | 'area.read' | 'area.add'>) {}

  /** Regular files of both areas, newest first, at most 2,000. */
  async list(taskId: string): Promise<Artifact[]> {
    const found: Artifact[] = [];
    for (const area of ['outputs', 'uploads'] as const) {
      const { files } = await this.files['area.list']({ taskId, area });
      found.push(...files.map((file) => ({ area, ...file })));
    }
    return found.sort((a, b) => b.modifiedAt - a.modifiedAt || a.path.localeCompare(b.path)).slice(0, listCap);
  }

  /** @throws RpcError `NOT_FOUND` */
  async preview(taskId: string, area: ArtifactArea, path: string): Promise<Preview> {
    artifactNames(path);
    const request = { taskId, area, path, cap: previewCapBytes(path) };
    const { bytes, size } = await this.files['area.read'](request);
    return previewOf(path, bytes, size);
  }

  /** Writes a new upload; if the name is taken, it gets a number. @throws RpcError `INVALID_REQUEST` */
  async upload(taskId: string, name: string, dataBase64: string): Promise<Artifact> {
    const [only, ...more] = artifactNames(name);
    if (only === undefined || more.length > 0)
      throw new RpcError('INVALID_REQUEST', 'An uploaded file needs a plain file name, without slashes.');
    const bytes = Buffer.from(dataBase64, 'base64');
    if (bytes.length > uploadCapBytes)
      throw new RpcError('INVALID_REQUEST', 'This file is too large. You can add files of up to 5 MB.');
    const { path } = await this.files['area.add']({ taskId, name: only, bytes });
    return { area: 'uploads', path, bytes: bytes.length, modifiedAt: Date.now() };
  }
}
