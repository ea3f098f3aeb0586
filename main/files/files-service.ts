/** What the worker does for main: listens for the guest, and shows it the folders it is told to. */
import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { RpcError } from '../../schema/errors';
import { serve } from '../../schema/rpc-server';
import type { Transport } from '../../schema/transport';
import { openFolder } from './confined/open-folder';
import { filesApi } from './files-api';
import { FileServer } from './server/file-server';

/** Who everything belongs to in the guest; the agent's user there. */
const guestUser = { uid: 1000, gid: 1000 };

/** Serves `files-api` until the transport closes. */
export function serveFiles(transport: Transport): void {
  const server = new FileServer({
    ...guestUser,
    log: (line) => served.emit({ event: 'files.log', payload: { line } }),
  });
  const listener = createServer((guest) => server.serve(guest));
  const served = serve(
    filesApi,
    {
      'files.listen': async ({ socket }) => {
        await rm(socket, { force: true });
        await new Promise<void>((resolve, reject) => {
          listener.once('error', reject);
          listener.listen(socket, resolve);
        });
        await chmod(socket, 0o600);
        return {};
      },
      'files.serve': async ({ taskId, folders }) => {
        server.unbind(taskId);
        for (const { area, path, isWritable } of folders) {
          try {
            server.bind({ taskId, area, files: openFolder(path), isWritable });
          } catch (error) {
            server.unbind(taskId);
            throw new RpcError('WORKSPACE_POLICY_VIOLATION', `${path} cannot be opened. Check that it is there.`, {
              cause: error,
            });
          }
        }
        return Promise.resolve({});
      },
      'files.withdraw': async ({ taskId }) => {
        server.unbind(taskId);
        return Promise.resolve({});
      },
    },
    transport,
  );
  served.onClose(() => {
    listener.close();
    server.close();
  });
}
