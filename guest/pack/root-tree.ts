import { chmod, lstat, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { emptyFolders, removedFromRoot, rootFiles, rootLinks } from './root-files';

const certificatesFolder = 'usr/share/ca-certificates/mozilla';
const certificatesFile = 'etc/ssl/certs/ca-certificates.crt';

/** Turns an unpacked Debian tree into our root tree. The result depends only on the packages. */
export async function shapeRootTree(root: string): Promise<void> {
  for (const path of removedFromRoot) await rm(join(root, path), { recursive: true, force: true });
  for (const path of emptyFolders) await mkdir(join(root, path), { recursive: true });
  for (const [path, content] of Object.entries(rootFiles)) await replace(root, path, content);
  for (const [path, target] of Object.entries(rootLinks)) await link(root, path, target);
  await replace(root, certificatesFile, await joinedCertificates(root));
}

/**
 * Sets one mode for all folders and files, and removes everything that isn't a file, folder or link.
 *
 * The builder's umask has no effect on the result, and no set-uid program enters the guest.
 */
export async function normaliseModes(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) continue;
    if (entry.isDirectory()) await normaliseModes(path);
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
    else await rm(path);
  }
}

async function joinedCertificates(root: string): Promise<string> {
  const folder = join(root, certificatesFolder);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.crt')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => `${text.trimEnd()}\n`).join('');
}

async function replace(root: string, path: string, content: string): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  // Removed first, because a package may have put a link there that points outside the tree.
  await rm(file, { force: true });
  await writeFile(file, content);
}

async function link(root: string, path: string, target: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await rm(join(root, path), { recursive: true, force: true });
  await symlink(target, join(root, path));
}
