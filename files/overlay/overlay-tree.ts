/** How an overlay differs from the folder below it: a tree of only the names that differ. Pure: it reads no folder. */
import type { FileKind, FileTimes, Names } from '../folder/folder-files';

/** A file when it was copied into the store. Another identity later means that the person changed it. */
export interface Origin {
  readonly names: Names;
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: number;
  readonly mtimeNs: bigint;
}

/** Where content comes from: a place in the folder below, or the store. */
export type Base = (
  | { readonly from: 'folder'; readonly names: Names }
  | {
      readonly from: 'store';
      readonly id: string;
      readonly kind: FileKind;
      /** What it was copied from */
      readonly origin: Origin | null;
    }
) & {
  /** What the folder below had at this name when the node was put there */
  readonly replaces: Origin | null;
};

const inFolder = (names: Names): Base => ({ from: 'folder', names, replaces: null });

/** A name of the overlay. A directory of the folder below shows its entries, except those listed here. */
export interface OverlayNode {
  base: Base;
  mode: number | null;
  times: FileTimes;
  /** `null` for a name that is hidden */
  readonly entries: Map<string, OverlayNode | null>;
  parent: OverlayNode | null;
  name: string;
}

/** What a name refers to: a node, a place in the folder below that the tree doesn't mention, or nothing. */
export type Found =
  | { readonly kind: 'node'; readonly node: OverlayNode }
  | { readonly kind: 'folder'; readonly names: Names }
  | { readonly kind: 'none' };

export const newNode = (base: Base): OverlayNode => ({
  base,
  mode: null,
  times: {},
  entries: new Map(),
  parent: null,
  name: '',
});

export class OverlayTree {
  readonly root = newNode(inFolder([]));

  find(names: Names): Found {
    let found: Found = { kind: 'node', node: this.root };
    for (const name of names) {
      if (found.kind === 'none') return found;
      found = found.kind === 'node' ? childOf(found.node, name) : { kind: 'folder', names: [...found.names, name] };
    }
    return found;
  }

  /** Where the folder below would have a name if the tree didn't mention it; `null` inside a new directory. */
  placeBelow(names: Names): Names | null {
    const parent = this.find(names.slice(0, -1));
    const name = names.at(-1);
    if (name === undefined || parent.kind === 'none') return null;
    if (parent.kind === 'folder') return [...parent.names, name];
    const { base } = parent.node;
    return base.from === 'folder' ? [...base.names, name] : null;
  }

  /** The node of an existing name; created if the tree didn't mention it. */
  node(names: Names): OverlayNode | null {
    let at = this.root;
    for (const name of names) {
      const found = childOf(at, name);
      if (found.kind === 'none') return null;
      if (found.kind === 'folder') attach(at, name, newNode(inFolder(found.names)));
      const next = at.entries.get(name);
      if (!next) return null;
      at = next;
    }
    return at;
  }

  /** Puts a node under a name. */
  put(names: Names, node: OverlayNode): void {
    const [parent, name] = this.#slot(names);
    if (node.parent?.entries.get(node.name) === node) node.parent.entries.delete(node.name);
    attach(parent, name, node);
  }

  /** Removes a name. `isBelow`: the folder below has an entry there that must not show through. */
  hide(names: Names, isBelow: boolean): void {
    const [parent, name] = this.#slot(names);
    if (isBelow) parent.entries.set(name, null);
    else parent.entries.delete(name);
  }

  /** The folder below now matches the overlay at this name. */
  forget(names: Names): void {
    const [parent, name] = this.#slot(names);
    parent.entries.delete(name);
  }

  /** Each name that differs, parents before their entries. */
  *walk(): Generator<{ readonly names: Names; readonly node: OverlayNode | null }> {
    yield* walkFrom(this.root, []);
  }

  #slot(names: Names): [OverlayNode, string] {
    const parent = this.node(names.slice(0, -1));
    const name = names.at(-1);
    if (!parent || name === undefined) throw new Error('an overlay has no such directory');
    return [parent, name];
  }
}

function childOf({ base, entries }: OverlayNode, name: string): Found {
  const entry = entries.get(name);
  if (entry === null) return { kind: 'none' };
  if (entry) return { kind: 'node', node: entry };
  return base.from === 'folder' ? { kind: 'folder', names: [...base.names, name] } : { kind: 'none' };
}

function attach(parent: OverlayNode, name: string, node: OverlayNode): void {
  node.parent = parent;
  node.name = name;
  parent.entries.set(name, node);
}

function* walkFrom(
  node: OverlayNode,
  above: Names,
): Generator<{ readonly names: Names; readonly node: OverlayNode | null }> {
  for (const [name, child] of node.entries) {
    const names = [...above, name];
    yield { names, node: child };
    if (child) yield* walkFrom(child, names);
  }
}

/** Names of a node; `null` when it is no longer in the tree. */
export function namesOfNode(node: OverlayNode, root: OverlayNode): Names | null {
  const names: string[] = [];
  for (let at = node; at !== root;) {
    const { parent } = at;
    if (parent?.entries.get(at.name) !== at) return null;
    names.unshift(at.name);
    at = parent;
  }
  return names;
}
