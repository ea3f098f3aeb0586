/**
 * The state of directories being read. The kernel keeps no handle, only the number of the last name it read. So a name
 * keeps its number: names added or removed in the meantime can't make another appear twice or never.
 */
import type { ListedName } from '../folder/folder-files';

export interface NumberedName extends ListedName {
  /** Greater than 0; the next read continues after it */
  readonly offset: number;
}

interface Listing {
  readonly offsets: Map<string, number>;
  names: readonly NumberedName[];
  next: number;
}

const dots: readonly ListedName[] = [
  { name: '.', kind: 'directory' },
  { name: '..', kind: 'directory' },
];

export class Listings {
  /** Least recently read first. */
  readonly #listings = new Map<number, Listing>();
  readonly #limit: number;

  constructor(limit = 128) {
    this.#limit = limit;
  }

  /** The names after `offset`. The directory is listed again when a read starts from the beginning. */
  after(nodeId: number, offset: number, list: () => readonly ListedName[]): readonly NumberedName[] {
    const known = this.#listings.get(nodeId);
    const listing = known ?? { offsets: new Map<string, number>(), names: [], next: 1 };
    if (!known || offset === 0) number(listing, list());
    this.#listings.delete(nodeId);
    this.#listings.set(nodeId, listing);
    this.#shrink();
    return listing.names.slice(firstAfter(listing.names, offset));
  }

  forget(nodeId: number): void {
    this.#listings.delete(nodeId);
  }

  #shrink(): void {
    for (const nodeId of this.#listings.keys()) {
      if (this.#listings.size <= this.#limit) return;
      this.#listings.delete(nodeId);
    }
  }
}

function number(listing: Listing, names: readonly ListedName[]): void {
  const before = new Map(listing.offsets);
  listing.offsets.clear();
  listing.names = [...dots, ...names]
    .map((listed) => {
      const { name } = listed;
      const offset = before.get(name) ?? listing.next++;
      listing.offsets.set(name, offset);
      return { ...listed, offset };
    })
    .sort((a, b) => a.offset - b.offset);
}

function firstAfter(names: readonly NumberedName[], offset: number): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle]?.offset ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
