/** A file server over a folder of its own, with a client that acts as the kernel. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../../confined/open-folder';
import { FileServer, type FileServerOptions } from '../file-server';
import { FuseClient } from './fuse-client';

export const errno = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EMFILE: 24,
  EROFS: 30,
  ENOTEMPTY: 39,
} as const;
export const ESTALE = 116;
export const fails = (number: number) => expect.objectContaining({ errno: number }) as unknown;

/** For the current test: the folder on the host, the server, and a kernel that has it mounted */
export let host: string;
export let server: FileServer;
export let client: FuseClient;
/** What the server logged; must be empty at the end of each test */
export const logged: string[] = [];

/** Starts the server and mounts it. */
export async function start(options: Partial<FileServerOptions> = {}): Promise<void> {
  server = new FileServer({ uid: 1000, gid: 1000, log: (line) => logged.push(line), ...options });
  server.bind({ taskId: 't', area: 'folder', files: openFolder(join(host, 'folder')), isWritable: true });
  client = await FuseClient.mounted(server);
}

/** Makes the folder before each test of a suite, and ends the server after it. */
export function useServer(): void {
  beforeEach(() => {
    logged.length = 0;
    host = mkdtempSync(join(tmpdir(), 'piwork-server-'));
    mkdirSync(join(host, 'folder', 'd'), { recursive: true });
    writeFileSync(join(host, 'folder', 'f'), 'eff');
  });
  afterEach(() => {
    server.close();
    rmSync(host, { recursive: true });
    expect(logged).toEqual([]);
  });
}
