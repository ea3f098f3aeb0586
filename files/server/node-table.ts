/**
 * The nodes that the kernel knows. Each has a number that is valid in one session, a count of how often it was reported
 * to the kernel, and, in a folder, the places where it was last seen.
 */
import { randomBytes } from 'node:crypto';
import { Errno } from '../folder/errno';
import type { FileStatus, Names } from '../folder/folder-files';
import type { Binding } from './bindings';
import { rootNodeId } from './fuse-protocol';
import type { FileNode, Node, Place, TaskNode } from './nodes';

const keyOf = (binding: Binding, { dev, ino }: FileStatus): string => `${binding.id}:${dev}:${ino}`;

export class NodeTable {
  /** A kernel that kept its mount over a restart must not find other files under its old numbers. */
  readonly generation = randomBytes(4).readUInt32LE(0);
  readonly #nodes = new Map<number, Node>();
  readonly #byKey = new Map<string, FileNode>();
  readonly #roots = new Map<Binding, FileNode>();
  readonly #tasks = new Map<string, TaskNode>();
  /** Nodes that were replaced by others while somebody had them open */
  readonly #renewed = new Map<string, Set<FileNode>>();
  #next = randomBytes(6).readUIntLE(0, 6) * 16 + 2;

  constructor() {
    this.#nodes.set(rootNodeId, { type: 'root', id: rootNodeId, taskId: '', lookups: 1n });
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** @throws Errno `ESTALE` for an unknown node, or one of a folder that is no longer bound */
  get(id: number): Node {
    const node = this.#nodes.get(id);
    if (!node || (node.type === 'file' && node.binding.isGone)) throw new Errno('ESTALE');
    return node;
  }

  task(taskId: string): TaskNode {
    const known = this.#tasks.get(taskId);
    if (known) return known;
    const node: TaskNode = { type: 'task', id: this.#next++, taskId, lookups: 0n };
    this.#nodes.set(node.id, node);
    this.#tasks.set(taskId, node);
    return node;
  }

  knownTask(taskId: string): TaskNode | null {
    return this.#tasks.get(taskId) ?? null;
  }

  /** The node of a file seen at a place; a new one unless the kernel knows this file. */
  file(binding: Binding, place: Place, status: FileStatus): FileNode {
    const key = keyOf(binding, status);
    const known = this.#byKey.get(key);
    const node = known?.kind === status.kind ? known : this.#newFile(binding, key, status);
    this.#put(node, place);
    if (!place.parent) this.#roots.set(binding, node);
    return node;
  }

  /** Whether the file is still the one that the node was made for. */
  isSame(node: FileNode, status: FileStatus): boolean {
    return node.kind === status.kind && node.key === keyOf(node.binding, status);
  }

  /** The file gets a new node: what the kernel caches for this one is no longer true. */
  renew(node: FileNode): void {
    if (this.#byKey.get(node.key) === node) this.#byKey.delete(node.key);
    for (const { parent, name } of node.places) if (parent?.children.get(name) === node) parent.children.delete(name);
    node.places = [];
    if (node.handles.size === 0) return;
    const others = this.#renewed.get(node.key) ?? new Set();
    this.#renewed.set(node.key, others.add(node));
  }

  /**
   * Earlier nodes of a file through which somebody still has it open: the kernel's cache for them becomes outdated too.
   */
  stillOpen(binding: Binding, status: FileStatus): readonly FileNode[] {
    const key = keyOf(binding, status);
    const open = [...(this.#renewed.get(key) ?? [])].filter(({ handles }) => handles.size > 0);
    if (open.length > 0) this.#renewed.set(key, new Set(open));
    else this.#renewed.delete(key);
    return open;
  }

  /** Names from the root of the node's folder. @throws Errno `ESTALE` when it has lost its name */
  names(node: FileNode): Names {
    return namesOf(node.places.at(-1));
  }

  /**
   * The last names of a node that has lost them. @throws Errno `ESTALE` when it still has names, or its parents have
   * lost theirs too
   */
  lostNames(node: FileNode): Names {
    return namesOf(node.places.length === 0 ? node.lost : null);
  }

  removeName(parent: FileNode, name: string): void {
    const node = parent.children.get(name);
    if (node) this.#take(node, parent, name);
  }

  rename(from: FileNode, fromName: string, to: FileNode, toName: string): void {
    const moved = from.children.get(fromName);
    if (moved && moved === to.children.get(toName)) return;
    this.removeName(to, toName);
    if (!moved) return;
    this.#take(moved, from, fromName);
    this.#put(moved, { parent: to, name: toName });
  }

  exchange(one: FileNode, oneName: string, other: FileNode, otherName: string): void {
    const [first, second] = [one.children.get(oneName), other.children.get(otherName)];
    this.removeName(one, oneName);
    this.removeName(other, otherName);
    if (first) this.#put(first, { parent: other, name: otherName });
    if (second) this.#put(second, { parent: one, name: oneName });
  }

  /** Returns the node if the kernel no longer knows it */
  forget(id: number, count: bigint): Node | null {
    const node = this.#nodes.get(id);
    if (!node || node.type === 'root') return null;
    node.lookups -= count;
    if (node.lookups > 0n) return null;
    this.#nodes.delete(id);
    if (node.type === 'task') this.#tasks.delete(node.taskId);
    else this.#lose(node);
    return node;
  }

  #newFile(binding: Binding, key: string, status: FileStatus): FileNode {
    const node: FileNode = {
      type: 'file',
      id: this.#next++,
      binding,
      kind: status.kind,
      key,
      lookups: 0n,
      places: [],
      lost: null,
      isRemoved: false,
      children: new Map(),
      handles: new Set(),
      told: status,
    };
    this.#nodes.set(node.id, node);
    this.#byKey.set(key, node);
    return node;
  }

  #put(node: FileNode, place: Place): void {
    const { parent, name } = place;
    const last = node.places.at(-1);
    if (last && last.parent === parent && last.name === name) return;
    if (parent) {
      const before = parent.children.get(name);
      if (before && before !== node) this.#take(before, parent, name);
      parent.children.set(name, node);
    }
    node.places = [...node.places.filter((other) => other.parent !== parent || other.name !== name), place];
  }

  #take(node: FileNode, parent: FileNode, name: string): void {
    if (parent.children.get(name) === node) parent.children.delete(name);
    node.places = node.places.filter((place) => place.parent !== parent || place.name !== name);
    node.lost = { parent, name };
  }

  #lose(node: FileNode): void {
    if (this.#roots.get(node.binding) === node) this.#roots.delete(node.binding);
    if (this.#byKey.get(node.key) === node) this.#byKey.delete(node.key);
    for (const { parent, name } of node.places) if (parent?.children.get(name) === node) parent.children.delete(name);
    for (const [name, child] of node.children) this.#take(child, node, name);
  }
}

function namesOf(last: Place | null | undefined): Names {
  const names: string[] = [];
  let place = last;
  while (place?.parent) {
    names.push(place.name);
    place = place.parent.places.at(-1);
  }
  if (!place) throw new Errno('ESTALE');
  return names.reverse();
}
