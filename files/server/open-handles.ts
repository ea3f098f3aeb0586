/** Files that the guest has open, by numbers that are valid in one session. */
import { randomBytes } from 'node:crypto';
import { Errno } from '../folder/errno';
import type { OpenFile } from '../folder/folder-files';
import type { ContentRight, FileNode, OpenHandle } from './nodes';

export class OpenHandles {
  readonly #handles = new Map<number, OpenHandle>();
  readonly #perTask = new Map<string, number>();
  readonly #limit: number;
  #next = randomBytes(5).readUIntLE(0, 5) * 4096 + 1;

  /** @param limit how many files one task may have open */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws Errno `EMFILE` */
  checkRoom(taskId: string): void {
    if ((this.#perTask.get(taskId) ?? 0) >= this.#limit) throw new Errno('EMFILE');
  }

  add(node: FileNode, file: OpenFile, isWritable: boolean, content: ContentRight): OpenHandle {
    const handle: OpenHandle = { id: this.#next++, node, file, isWritable, content };
    const { taskId } = node.binding;
    this.#handles.set(handle.id, handle);
    this.#perTask.set(taskId, (this.#perTask.get(taskId) ?? 0) + 1);
    node.handles.add(handle);
    return handle;
  }

  /** @throws Errno `ESTALE` for an unknown handle, or one of a folder that is no longer bound */
  get(id: number): OpenHandle {
    const handle = this.#handles.get(id);
    if (!handle) throw new Errno('ESTALE');
    return handle;
  }

  release(id: number): void {
    const handle = this.#handles.get(id);
    if (!handle) return;
    const { taskId } = handle.node.binding;
    const left = (this.#perTask.get(taskId) ?? 1) - 1;
    if (left > 0) this.#perTask.set(taskId, left);
    else this.#perTask.delete(taskId);
    this.#handles.delete(id);
    handle.node.handles.delete(handle);
    handle.file.close();
  }

  /** Closes all, or those that `isMeant` selects. */
  closeAll(isMeant: (handle: OpenHandle) => boolean = () => true): void {
    for (const handle of [...this.#handles.values()]) if (isMeant(handle)) this.release(handle.id);
  }
}
