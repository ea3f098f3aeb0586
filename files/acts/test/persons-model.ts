/**
 * What the person has, told from the folder alone: it knows nothing of inodes, journals or who asked. Each file of theirs
 * has names and a content. Each place where one of its names or its content exists holds it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Act, Observer } from './guest';

/** Stands for the content of a link */
export const aLink = 'a link';

interface Belonging {
  readonly what: string;
  names: Set<string>;
  /** `null` for a folder */
  content: string | null;
  /** Where its content or something with its name ever was */
  readonly traces: Set<string>;
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
const moved = (path: string, from: string, to: string): string => `${to}${path.slice(from.length)}`;

export class PersonsModel implements Observer {
  /** Acts after which something of the person's is nowhere, unasked */
  readonly lost: string[] = [];
  readonly #root: string;
  readonly #belongings: Belonging[] = [];
  /** Where each belonging was before the act */
  #before: readonly (readonly string[])[] = [];
  #contents: ReadonlyMap<string, string | null> = new Map();
  #turn: readonly Set<string>[] = [];
  #hasUndone = false;

  constructor(root: string) {
    this.#root = root;
    for (const [path, content] of this.contents()) this.add(path, content);
  }

  /** All paths of the folder with their contents; `null` for a folder. */
  contents(folder = ''): ReadonlyMap<string, string | null> {
    const found = new Map<string, string | null>();
    for (const entry of readdirSync(join(this.#root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        found.set(path, null);
        for (const [below, content] of this.contents(path)) found.set(below, content);
      } else found.set(path, entry.isFile() ? readFileSync(join(this.#root, path), 'utf8') : aLink);
    }
    return found;
  }

  has(path: string): boolean {
    return this.contents().has(path);
  }

  /** Something that the person has from now on. */
  add(path: string, content: string | null): void {
    this.#belongings.push({ what: path, names: new Set([path]), content, traces: new Set([path]) });
  }

  /** The person removed it themselves. What they have under no other name is no longer theirs. */
  removedByPerson(path: string): void {
    for (const names of [...this.#turn, ...this.#belongings.map((belonging) => belonging.names)])
      for (const name of [...names]) if (isWithin(name, path)) names.delete(name);
    const there = this.contents();
    this.#belongings.forEach((belonging, index) => {
      if ([...belonging.names].some((name) => there.has(name))) return;
      this.#turn[index]?.clear();
      belonging.names.clear();
      belonging.content = null;
    });
  }

  beginTurn(): void {
    this.#turn = this.#belongings.map(({ names }) => new Set(names));
  }

  /** The turn was undone: names are where they were. */
  undone(): void {
    this.#hasUndone = true;
    this.#turn.forEach((names, index) => {
      const belonging = this.#belongings[index];
      if (belonging) belonging.names = new Set(names);
    });
    // What was removed is back, so copies of it no longer count.
    for (const belonging of this.#belongings.slice(this.#turn.length)) {
      if (belonging.names.size === 0) belonging.content = null;
    }
  }

  /** Whether a question about this path is right: something of the person's is or was there. */
  mayAsk(path: string): boolean {
    // What an undo brings back counts as the person's.
    if (this.#hasUndone) return true;
    return this.#belongings.some(({ traces, names }) =>
      [...traces, ...names].some((trace) => trace === path || (isWithin(trace, path) && this.has(trace))),
    );
  }

  before(): void {
    this.#contents = this.contents();
    this.#before = this.#places();
  }

  after({ kind, path, to, isAsked }: Act): void {
    const isPersons = this.#belongings.some(({ names }) => names.has(path));
    if (kind === 'rename' && to !== null) this.#rename(path, to, isPersons);
    if (kind === 'exchange' && to !== null) this.#exchange(path, to);
    if (kind === 'makeHardLink' && to !== null && isPersons) {
      for (const { names } of this.#belongings) if (names.has(path)) names.add(to);
    }
    const overwritten = kind === 'content' ? path : kind === 'rename' ? to : null;
    const removed = kind === 'remove' && isPersons ? this.#contents.get(path) : undefined;
    this.#places().forEach((places, index) => {
      const before = this.#before[index] ?? [];
      const belonging = this.#belongings[index];
      if (!belonging || places.length > 0 || before.length === 0) return;
      // Content that is overwritten is a change of the file: its name is theirs from now on.
      if (overwritten !== null && before.includes(overwritten)) belonging.names.add(overwritten);
      else if (!isAsked) this.lost.push(`${kind} ${path}: ${belonging.what}`);
    });
    if (removed != null && removed !== aLink) this.#addCopies(path, removed);
  }

  /** What the agent wrote into the person's file is theirs too: copies count once that file is removed. */
  #addCopies(path: string, content: string): void {
    this.#belongings.push({ what: `the last ${path}`, names: new Set(), content, traces: new Set() });
  }

  /** The agent's own folder takes names in it along; what is the person's keeps its name as well. */
  #rename(from: string, to: string, isPersons: boolean): void {
    for (const { names, traces } of this.#belongings) {
      for (const set of [names, traces]) {
        for (const name of [...set]) {
          if (!isWithin(name, from)) continue;
          set.add(moved(name, from, to));
          if (set === names && !isPersons) set.delete(name);
        }
      }
    }
  }

  /** As three moves. */
  #exchange(one: string, other: string): void {
    const isPersons = (path: string): boolean => this.#belongings.some(({ names }) => names.has(path));
    const [isFirst, isSecond] = [isPersons(one), isPersons(other)];
    this.#rename(one, 'aside', isFirst);
    this.#rename(other, one, isSecond);
    this.#rename('aside', other, isFirst);
    for (const { names, traces } of this.#belongings)
      for (const set of [names, traces]) for (const name of [...set]) if (isWithin(name, 'aside')) set.delete(name);
  }

  #places(): readonly (readonly string[])[] {
    const there = [...this.contents()];
    return this.#belongings.map(({ names, content, traces }) => {
      const places = there.filter(([path, now]) => names.has(path) || (content !== null && now === content));
      for (const [path] of places) traces.add(path);
      return places.map(([path]) => path);
    });
  }
}
