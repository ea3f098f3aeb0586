/**
 * Names that hold what the person had, although the agent made the file behind them. Pure: replayed from the records of
 * all turns.
 *
 * The rule: everything in the folder is the person's, except what the agent made in this task at a name where the person
 * had nothing. So a file is the person's when
 *
 * - somebody else made it or changed it last (`KnownFiles`): what was there at the start, and what the host adds later;
 * - its name is the person's, whatever file is there now (here): a name stays theirs when the agent replaces or removes
 *   its file, and the name to which it is moved or linked becomes theirs too;
 * - it has the content of a file of theirs that was removed (`RemovedContents`): a copy is then the last place.
 *
 * Nothing is listed or read at the start: a record says of each name that the agent takes away or replaces whether it was
 * the person's.
 */
import type { Names } from '../folder/folder-files';
import type { JournalRecord, RecordOf } from './records';

interface PersonsName {
  isPersons: boolean;
  /** Names below that are known, in a folder */
  readonly below: Map<string, PersonsName>;
  /** Where the person's folder of this name went: names that it took along were here too */
  movedTo: PersonsName | null;
}

const newName = (): PersonsName => ({ isPersons: false, below: new Map(), movedTo: null });

export class PersonsNames {
  readonly #areas = new Map<string, PersonsName>();

  /** Adds a change that happened. */
  apply(record: JournalRecord): void {
    switch (record.type) {
      case 'drop':
      case 'content':
      case 'meta':
        if (record.isPersons) this.#mark(record.area, record.names);
        return;
      case 'create':
        return this.#link(record);
      case 'move':
        return this.#move(record);
      default:
        return;
    }
  }

  /** Whether the person had something of this name, or something of theirs was moved or linked to it. */
  has(area: string, names: Names): boolean {
    const root = this.#areas.get(area);
    return root !== undefined && hasBelow(root, names);
  }

  /** The person's names in a folder, at any depth. */
  within(area: string, folder: Names): readonly Names[] {
    const found = find(this.#areas.get(area), folder);
    return found ? [...namesBelow(found, folder)] : [];
  }

  #link({ area, names, existing, isPersons }: RecordOf<'create'>): void {
    if (!existing) return;
    if (isPersons) this.#mark(area, existing);
    if (this.has(area, existing)) this.#mark(area, names);
  }

  #move({ area, from, to, isPersons }: RecordOf<'move'>): void {
    const moved = find(this.#areas.get(area), from);
    if (!moved && !isPersons) return;
    const source = this.#make(area, from);
    const parent = this.#make(area, from.slice(0, -1));
    parent.below.delete(from.at(-1) ?? '');
    this.#put(area, to, source);
    if (!isPersons) return;
    source.isPersons = true;
    // The name stays the person's when something else comes there.
    Object.assign(this.#make(area, from), { isPersons: true, movedTo: source });
  }

  /** Puts a name with all below it where others may be known already. */
  #put(area: string, names: Names, moved: PersonsName): void {
    const parent = this.#make(area, names.slice(0, -1));
    const name = names.at(-1) ?? '';
    const there = parent.below.get(name);
    parent.below.set(name, moved);
    if (there && there !== moved) merge(moved, there);
  }

  #mark(area: string, names: Names): void {
    this.#make(area, names).isPersons = true;
  }

  #make(area: string, names: Names): PersonsName {
    let at = child(this.#areas, area);
    for (const name of names) at = child(at.below, name);
    return at;
  }
}

function child(names: Map<string, PersonsName>, name: string): PersonsName {
  const known = names.get(name);
  if (known) return known;
  const made = newName();
  names.set(name, made);
  return made;
}

function find(from: PersonsName | undefined, names: Names): PersonsName | undefined {
  let at = from;
  for (const name of names) at = at?.below.get(name);
  return at;
}

/** Also looks where folders of these names went. A folder may have come back: each is looked at once. */
function hasBelow(from: PersonsName, names: Names): boolean {
  const [name, ...rest] = names;
  if (name === undefined) return from.isPersons;
  const seen = new Set<PersonsName>();
  for (let at: PersonsName | null = from; at && !seen.has(at); at = at.movedTo) {
    seen.add(at);
    const next = at.below.get(name);
    if (next && hasBelow(next, rest)) return true;
  }
  return false;
}

function* namesBelow(from: PersonsName, above: Names): Generator<Names> {
  for (const [name, next] of from.below) {
    const names = [...above, name];
    if (next.isPersons) yield names;
    yield* namesBelow(next, names);
  }
}

/** Adds what is known of one name to another. */
function merge(into: PersonsName, from: PersonsName): void {
  into.isPersons ||= from.isPersons;
  if (from.movedTo !== into) into.movedTo ??= from.movedTo;
  for (const [name, next] of from.below) {
    const there = into.below.get(name);
    if (there) merge(there, next);
    else into.below.set(name, next);
  }
}
