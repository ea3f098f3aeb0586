/** A task's file as a path for another program of the person's. */
import { extname, join } from 'node:path';
import { RpcError } from '../../schema/errors';
import { openArtifact } from './artifact-path';
import type { TaskPlaces } from '../../schema/files-api';

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
  { folder, outputs }: TaskPlaces,
  area: 'folder' | 'outputs',
  path: string,
): Promise<OpenableFile> {
  const root = area === 'folder' ? folder : outputs;
  if (root === null) throw new RpcError('NOT_FOUND', 'This task has no folder. Choose one first.');
  const file = await openArtifact(root, path);
  try {
    const { mode } = await file.stat();
    return { path: join(root, path), isProgram: (mode & 0o111) !== 0 || programs.has(extname(path).toLowerCase()) };
  } finally {
    await file.close();
  }
}
