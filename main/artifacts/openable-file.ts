/** A task's file as a path for another program of the person's. */
import { extname, join } from 'node:path';
import type { FilesApi, TaskPlaces } from '../../schema/files-api';
import type { Client } from '../../schema/rpc';
import { artifactNames } from './artifact-path';

/** Types that the system would run rather than show. */
const programs: ReadonlySet<string> = new Set(
  '.app .bat .cmd .com .command .cpl .desktop .exe .hta .jar .js .jse .lnk .msi .msp .pif .ps1 .reg .scf .scr .sh .url .vb .vbs .workflow .wsf'.split(
    ' ',
  ),
);

export interface OpenableFile {
  readonly path: string;
  /** Opening it would run it, so its folder is shown instead */
  readonly isProgram: boolean;
}

/** @throws RpcError `NOT_FOUND` for anything but a regular file inside, including by a link */
export async function openableFile(
  files: Pick<Client<FilesApi>, 'area.read'>,
  places: TaskPlaces,
  area: 'folder' | 'outputs',
  path: string,
): Promise<OpenableFile> {
  artifactNames(path);
  const { mode } = await files['area.read']({ taskId: places.taskId, area, path, cap: 0 });
  const isProgram = (mode & 0o111) !== 0 || programs.has(extname(path).toLowerCase());
  return { path: join(places[area] ?? '', path), isProgram };
}
