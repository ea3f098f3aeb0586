/** Random changes of an overlay's tree, compared with a plain map of everything that it should show. */
import { rounds } from '../../node/test/rounds';
import type { Names } from '../folder/folder-files';
import { seeded } from '../confined/test/random';
import { namesOfNode, newNode, OverlayTree, type OverlayNode } from './overlay-tree';

const seeds = Number(process.env['PIWORK_SEEDS'] ?? rounds(500));

interface Entry {
  readonly kind: 'file' | 'directory';
  /** Identifies the file: its first place in the folder below, or a number in the store */
  readonly what: string;
}
/** By path */
type Plain = Map<string, Entry>;

const namesIn = (path: string): Names => (path === '' ? [] : path.split('/'));
const isIn = (path: string, directory: string): boolean => path.startsWith(`${directory}/`);
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const isFree = (plain: Plain, path: string): boolean =>
  !plain.has(path) && (parentOf(path) === '' || plain.get(parentOf(path))?.kind === 'directory');
const isEmpty = (plain: Plain, path: string): boolean => ![...plain.keys()].some((other) => isIn(other, path));

/** An overlay as its folder stores it, and what it should show. */
class Stage {
  readonly below: Plain = new Map();
  readonly tree = new OverlayTree();
  readonly expected: Plain;
  #last = 0;

  constructor(private readonly random: (below: number) => number) {
    for (let count = 0; count < 14; count += 1) {
      const path = this.#somePath();
      const kind = random(2) === 0 ? 'file' : 'directory';
      if (isFree(this.below, path)) this.below.set(path, { kind, what: path });
    }
    this.expected = new Map(this.below);
  }

  operate(): void {
    const [one, other] = [this.#known(), this.#known()];
    const choice = this.random(6);
    if (choice <= 1) this.#create(this.#somePath(), choice === 0 ? 'file' : 'directory');
    else if (choice === 2) this.#remove(one);
    else if (choice === 3) this.#settle();
    else this.#rename(one, other);
  }

  #create(path: string, kind: Entry['kind']): void {
    if (!isFree(this.expected, path)) return;
    const id = `${++this.#last}`;
    this.tree.put(namesIn(path), newNode({ from: 'store', id, kind, origin: null, replaces: null }));
    this.expected.set(path, { kind, what: id });
  }

  #remove(path: string): void {
    if (!this.expected.has(path) || !isEmpty(this.expected, path)) return;
    this.tree.hide(namesIn(path), this.#isBelow(path));
    this.expected.delete(path);
  }

  #rename(from: string, to: string): void {
    const [entry, target] = [this.expected.get(from), this.expected.get(to)];
    if (!entry || from === to || isIn(to, from)) return;
    if (target ? target.kind !== entry.kind || !isEmpty(this.expected, to) : !isFree(this.expected, to)) return;
    const node = this.tree.node(namesIn(from));
    if (!node) throw new Error(`${from} is shown and has no node`);
    const isBelow = this.#isBelow(from);
    this.tree.put(namesIn(to), node);
    this.tree.hide(namesIn(from), isBelow);
    for (const [path, moved] of [...this.expected]) {
      if (path !== from && !isIn(path, from)) continue;
      this.expected.delete(path);
      this.expected.set(`${to}${path.slice(from.length)}`, moved);
    }
  }

  /** Applies a new file or a removal to the folder below, which doesn't change what is shown. */
  #settle(): void {
    const differing = [...this.tree.walk()];
    const { names, node } = differing[this.random(differing.length || 1)] ?? { names: [], node: null };
    const place = this.tree.placeBelow(names)?.join('/');
    if (place === undefined || names.length === 0) return;
    const shown = this.expected.get(names.join('/'));
    const isUsed = differing.some(({ node: user }) => {
      const base = user?.base.from === 'folder' ? user.base.names.join('/') : '';
      return base === place || isIn(base, place);
    });
    // A directory has its own entries, and other nodes still need their content.
    if (isUsed || shown?.kind === 'directory' || (node && node.base.from !== 'store')) return;
    for (const path of [...this.below.keys()]) if (path === place || isIn(path, place)) this.below.delete(path);
    if (shown) this.below.set(place, shown);
    this.tree.forget(names);
  }

  #isBelow(path: string): boolean {
    const place = this.tree.placeBelow(namesIn(path));
    return place !== null && this.below.has(place.join('/'));
  }

  #known(): string {
    const paths = [...this.expected.keys()];
    return (this.random(3) > 0 && paths[this.random(paths.length || 1)]) || this.#somePath();
  }

  #somePath(): string {
    return Array.from({ length: 1 + this.random(3) }, () => 'abcd'[this.random(4)]).join('/');
  }
}

const entryOf = ({ base }: OverlayNode, below: Plain): Entry | undefined =>
  base.from === 'store'
    ? { kind: base.kind === 'directory' ? 'directory' : 'file', what: base.id }
    : below.get(base.names.join('/'));

/** Everything that a tree shows over a folder, found as an overlay lists its directories. */
function shownBy(tree: OverlayTree, below: Plain): Plain {
  const shown: Plain = new Map();
  const visit = (names: Names): void => {
    const found = tree.find(names);
    if (found.kind === 'none') return;
    const entry = found.kind === 'folder' ? below.get(found.names.join('/')) : entryOf(found.node, below);
    if (names.length > 0) {
      if (!entry) return;
      shown.set(names.join('/'), entry);
      if (entry.kind === 'file') return;
    }
    const base =
      found.kind === 'folder' ? found.names : found.node.base.from === 'folder' ? found.node.base.names : null;
    const inBase = base && [...below.keys()].filter((path) => parentOf(path) === base.join('/'));
    const own = found.kind === 'node' ? [...found.node.entries.keys()] : [];
    for (const name of new Set([...(inBase ?? []).map((path) => namesIn(path).at(-1) ?? ''), ...own])) {
      visit([...names, name]);
    }
  };
  visit([]);
  return shown;
}

/** The same differences, put one after the other into a new tree. */
function rebuilt(tree: OverlayTree): OverlayTree {
  const other = new OverlayTree();
  for (const { names, node } of tree.walk()) {
    if (node) other.put(names, newNode(node.base));
    else other.hide(names, true);
  }
  return other;
}

describe("an overlay's tree", () => {
  test.each(Array.from({ length: seeds }, (_, index) => index + 1))(
    'shows the same as a plain map: seed %i',
    (seed) => {
      const random = seeded(seed);
      const stage = new Stage(random);
      for (let count = 10 + random(30); count > 0; count -= 1) {
        stage.operate();
        expect(shownBy(stage.tree, stage.below)).toEqual(stage.expected);
      }
      for (const { names, node } of stage.tree.walk()) {
        if (!node) continue;
        expect(namesOfNode(node, stage.tree.root)).toEqual(names);
        expect(stage.tree.node(names)).toBe(node);
      }
      expect(shownBy(rebuilt(stage.tree), stage.below)).toEqual(stage.expected);
    },
  );

  test('a node has one place at a time, and none after it is hidden', () => {
    const tree = new OverlayTree();
    const node = newNode({ from: 'store', id: '1', kind: 'directory', origin: null, replaces: null });
    tree.put(['a'], node);
    tree.put(['b'], node);
    expect([tree.find(['a']), namesOfNode(node, tree.root)]).toEqual([{ kind: 'folder', names: ['a'] }, ['b']]);
    tree.hide(['b'], false);
    expect([tree.find(['b']).kind, namesOfNode(node, tree.root)]).toEqual(['folder', null]);
  });

  test('a new directory has nothing below it, and a hidden one accepts no names', () => {
    const tree = new OverlayTree();
    tree.put(['a'], newNode({ from: 'store', id: '1', kind: 'directory', origin: null, replaces: null }));
    expect([tree.placeBelow(['a', 'x']), tree.placeBelow(['b', 'x'])]).toEqual([null, ['b', 'x']]);
    tree.hide(['c'], true);
    expect([tree.placeBelow(['c', 'x']), tree.node(['c', 'x'])]).toEqual([null, null]);
    expect(() => tree.hide(['c', 'x'], true)).toThrow('an overlay has no such directory');
  });
});
