/**
 * pi's session file, which the guest writes: read and appended to through one handle, and only if it is a regular file.
 */
import { RpcError } from '../../schema/errors';
import { errnoOf } from '../folder/errno';
import type { FolderFiles, OpenFile } from '../folder/folder-files';
import { stampOf } from '../folder/is-changed';
import { inFolder } from './one-folder';

export const sessionName = 'session.json';
const capMb = 128;
const capBytes = capMb * 1_048_576;

const refuse = (why: string): RpcError =>
  new RpcError(
    'WORKSPACE_POLICY_VIOLATION',
    `Piwork couldn't read this conversation: ${sessionName} ${why}. Your files haven't changed. You can still undo what the task did to them.`,
  );

/** @throws RpcError `WORKSPACE_POLICY_VIOLATION` for anything but a regular file */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ELOOP') throw refuse('is a link, and Piwork follows none');
    if (code === 'EPERM') throw refuse("isn't a regular file");
    throw error;
  }
}

function openSession(files: FolderFiles, isWritable: boolean): OpenFile | null {
  try {
    return guarded(() => files.openFile([sessionName], { isWritable }));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function textOf(file: OpenFile): string {
  const { size } = file.status();
  if (size > capBytes) throw refuse(`is larger than ${capMb} MB`);
  const bytes = Buffer.alloc(size);
  return bytes.subarray(0, file.read(bytes, 0)).toString('utf8');
}

/** The conversation, empty if nothing was said; `identity` differs after every change. @throws RpcError */
export const readSession = (folder: string): { readonly text: string; readonly identity: string } =>
  inFolder(folder, (files) => {
    const file = openSession(files, false);
    if (!file) return { text: '', identity: 'none' };
    try {
      return { text: textOf(file), identity: stampOf(file.status()) };
    } finally {
      file.close();
    }
  });

/** The session's identity, without reading it. */
export const sessionIdentity = (folder: string): string =>
  inFolder(folder, (files) => {
    try {
      const status = files.status([sessionName]);
      return status.kind === 'file' ? stampOf(status) : status.kind;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return 'none';
      throw error;
    }
  });

/** Appends what `next` makes of the text, if anything, through the handle that read it. @throws RpcError */
export const appendToSession = (folder: string, next: (text: string) => string | null): Promise<void> =>
  inFolder(folder, async (files) => {
    const file = openSession(files, true);
    if (!file) return;
    try {
      const text = textOf(file);
      const { size } = file.status();
      const added = next(text);
      if (added === null) return;
      file.write(Buffer.from(added, 'utf8'), size);
      await file.sync();
    } finally {
      file.close();
    }
  });
