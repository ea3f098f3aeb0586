import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { PackError } from './pack-error';
import { missingToolMessage } from './run-tool';

const toolsOfBase = ['mmdebstrap', 'mkfs.erofs', 'zstd', 'xz', 'tar', 'npm'];

async function isOnPath(command: string, path: string): Promise<boolean> {
  for (const folder of path.split(delimiter)) {
    const found = await access(join(folder, command), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}

/** Rejects with `tool_missing`, or `unsupported` off Linux, before it starts a build that can't finish. */
export async function requireTools(path: string = process.env['PATH'] ?? ''): Promise<void> {
  if (process.platform !== 'linux') {
    throw new PackError('unsupported', `Piwork can't build a pack on ${process.platform}.`);
  }
  for (const tool of toolsOfBase) {
    if (!(await isOnPath(tool, path))) throw new PackError('tool_missing', missingToolMessage(tool));
  }
}
