/**
 * Notifies the guest when somebody else changes a directory. The guest's own changes are recognised by comparing:
 * nothing is reported that matches what it was last told.
 */
import { Errno } from '../folder/errno';
import type { Names } from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import { invalidateEntryMessage, invalidateInodeMessage } from './fuse-replies';
import type { NodeTable } from './node-table';
import type { FileNode } from './nodes';
import { hasOtherContent, mayHaveOtherContent } from './stale-content';

export class DirectoryNews {
  readonly #nodes: NodeTable;
  readonly #notify: (message: Buffer) => void;

  constructor(nodes: NodeTable, notify: (message: Buffer) => void) {
    this.#nodes = nodes;
    this.#notify = notify;
  }

  /**
   * @param changed names that changed
   * @param removed names that the guest itself removed, whose events arrive late; names that are found leave it
   * @throws Errno when the directory can't be read, `ESTALE` when it has lost its name
   */
  tell(node: FileNode, changed: Iterable<string>, removed: Set<string>): void {
    const names = this.#nodes.names(node);
    const isOther = this.#tellNames(node, names, changed, removed);
    const status = statusIfThere(node.binding.files, names);
    if (!status) return;
    if (!isOther && status.mtimeNs === node.told.mtimeNs && status.mode === node.told.mode) return;
    node.told = status;
    this.tellOfItself(node);
  }

  /**
   * Checks everything the guest caches about the directory and its names, as if all had changed.
   *
   * @throws Errno as `tell` does, and `ESTALE` when another file has its name
   */
  tellAll(node: FileNode): void {
    const names = this.#nodes.names(node);
    const { files } = node.binding;
    const status = files.status(names);
    if (!this.#nodes.isSame(node, status)) throw new Errno('ESTALE');
    const listed = files.list(names).map(({ name }) => name);
    this.#tellNames(node, names, new Set([...node.children.keys(), ...listed]), new Set());
    node.told = status;
    this.tellOfItself(node);
  }

  /** No more events will come for it, so the guest must drop everything cached about it and its names. */
  disown(node: FileNode): void {
    for (const name of [...node.children.keys()]) this.#forgetName(node, name);
    for (const { parent, name } of node.places) {
      const above = parent ?? this.#nodes.knownTask(node.binding.taskId);
      // With a directory's name, the kernel also drops the names in it that it believes are missing.
      if (above) this.#notify(invalidateEntryMessage(above.id, name));
    }
    this.tellOfItself(node);
  }

  tellOfItself({ id }: FileNode): void {
    this.#notify(invalidateInodeMessage(id));
  }

  /** Whether the directory lists other names than the guest believes. */
  #tellNames(node: FileNode, names: Names, changed: Iterable<string>, removed: Set<string>): boolean {
    let isOther = false;
    for (const name of changed) if (this.#tellName(node, [...names, name], name, removed)) isOther = true;
    return isOther;
  }

  #tellName(parent: FileNode, names: Names, name: string, removed: Set<string>): boolean {
    const child = parent.children.get(name);
    const status = statusIfThere(parent.binding.files, names);
    const earlier = status ? this.#nodes.stillOpen(parent.binding, status) : [];
    for (const node of earlier) this.tellOfItself(node);
    if (!child) {
      if (!status) return !removed.delete(name);
      // The guest may believe that the name doesn't exist.
      this.#notify(invalidateEntryMessage(parent.id, name));
      return true;
    }
    if (!status || !this.#nodes.isSame(child, status)) {
      this.#forgetName(parent, name);
      return true;
    }
    if (hasOtherContent(child.told, status)) {
      this.#nodes.renew(child);
      this.#notify(invalidateEntryMessage(parent.id, name));
      this.tellOfItself(child);
    } else if (child.kind === 'directory' ? child.told.mode !== status.mode : mayHaveOtherContent(child.told, status)) {
      child.told = status;
      this.tellOfItself(child);
    }
    return false;
  }

  #forgetName(parent: FileNode, name: string): void {
    this.#nodes.removeName(parent, name);
    this.#notify(invalidateEntryMessage(parent.id, name));
  }
}
