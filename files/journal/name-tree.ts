/**
 * What a turn's records did to names and files, found by replaying them on a tree of names. The tree contains only what
 * a record touches. Any other entry of a directory is unchanged and moves with its directory.
 */
import type { FileKind, Names } from '../folder/folder-files';
import { identityIn } from './file-identity';
import { withoutFailed, type JournalRecord, type KeptId, type RecordOf, type Was } from './records';
import type { Body, Slot, Thing } from './things';

/** A link's content is its target. */
const linkVersion = (target: string): string => `link:${target}`;

interface Keeping {
  readonly body: Body;
  readonly version: string;
  /** `null` for a copy of content */
  readonly thing: Thing | null;
}

export class NameTree {
  /** In the order in which records touched them, without roots */
  readonly things: Thing[] = [];
  readonly #roots = new Map<string, Thing>();
  readonly #bodies = new Map<string, Body>();
  readonly #kept = new Map<KeptId, Keeping>();
  /** By version of content */
  readonly #copies = new Map<string, Set<KeptId>>();
  #lastId = 0;
  #lastVersion = 0;

  apply(record: JournalRecord): void {
    switch (record.type) {
      case 'folder':
        return this.#note(this.resolve(record.area, record.names), record.was);
      case 'create':
        return this.#create(record);
      case 'drop':
        return this.#drop(record);
      case 'move':
        return this.#move(record);
      case 'bring':
        return this.#bring(record);
      case 'content':
        return this.#content(record);
      case 'meta':
        return this.#meta(record);
      case 'after':
        return this.#after(record);
      case 'begin':
      case 'end':
      case 'loose':
      case 'failed':
        return;
    }
  }

  /** The thing that has these names now; created if no record has touched it. */
  resolve(area: string, names: Names): Thing {
    let thing = this.#root(area);
    for (const name of names) thing = this.#entry(thing, name);
    return thing;
  }

  /** The folders themselves, if records touched them */
  roots(): readonly Thing[] {
    return [...this.#roots.values()];
  }

  /** The kept copies of a content, newest last; some may have been brought back since. */
  copiesOf(version: string): readonly KeptId[] {
    return [...(this.#copies.get(version) ?? [])];
  }

  #root(area: string): Thing {
    let root = this.#roots.get(area);
    if (!root) {
      root = this.#make(area, null, null, this.#body('directory', false));
      this.#roots.set(area, root);
    }
    return root;
  }

  #entry(parent: Thing, name: string): Thing {
    const known = parent.entries.get(name);
    if (known) return known;
    const slot = { parent, name };
    // The records left nothing under this name, so the person put something there.
    const isMixed = known === null || parent.body.isNew;
    const body = this.#body('other', false);
    body.isMixed = isMixed;
    const thing = this.#make(parent.area, slot, slot, body);
    parent.entries.set(name, thing);
    this.things.push(thing);
    return thing;
  }

  #create({ area, names, kind, existing, target, was }: RecordOf<'create'>): void {
    const body = existing && was ? this.#noted(area, existing, was) : this.#body(kind, true);
    if (!existing) body.isMade = true;
    if (target !== undefined) body.version = linkVersion(target);
    this.#put(this.#newThing(area, body), this.#slot(area, names));
  }

  #drop({ area, names, was, kept }: RecordOf<'drop'>): void {
    const thing = this.resolve(area, names);
    this.#note(thing, was);
    this.#take(thing);
    thing.kept = kept;
    if (kept !== null) this.#keep(kept, { body: thing.body, version: thing.body.version, thing });
    // Its number may soon belong to another file.
    if (was.links <= 1 || was.kind === 'directory') this.#bodies.delete(was.file);
  }

  #move({ area, from, to, was }: RecordOf<'move'>): void {
    const thing = this.resolve(area, from);
    this.#note(thing, was);
    this.#take(thing);
    this.#put(thing, this.#slot(area, to));
  }

  #bring(record: RecordOf<'bring'>): void {
    const { area, kept, kind } = record;
    const keeping = this.#kept.get(kept);
    const slot = this.#slot(area, record.names);
    if (!keeping) {
      const body = this.#body(kind, true);
      body.version = `kept:${kept}`;
      return this.#put(this.#newThing(area, body), slot);
    }
    this.#kept.delete(kept);
    const { version } = keeping;
    this.#copies.get(version)?.delete(kept);
    const names = [...keeping.body.things];
    const isElsewhere = names.some((thing) => thing.place !== null);
    // A file has one content. If its other names have different content by now, the kept copy becomes a file of its
    // own.
    if (isElsewhere && version !== keeping.body.version) {
      return this.#put(
        this.#newThing(area, { ...keeping.body, isNew: true, file: null, version, things: new Set() }),
        slot,
      );
    }
    const { body } = keeping;
    body.version = version;
    const gone = keeping.thing ?? names.find((thing) => thing.place === null);
    this.#put(gone?.place === null ? gone : this.#newThing(area, body), slot);
  }

  #content({ area, names, was, kept, restores, isMixed, seq }: RecordOf<'content'>): void {
    const body = this.#noted(area, names, was);
    if (kept !== null) this.#keep(kept, { body, version: body.version, thing: null });
    body.version = restores === undefined ? `${seq}:${++this.#lastVersion}` : this.#versionIn(restores);
    body.mtimeNs = null;
    body.after = null;
    body.isMixed ||= isMixed === true;
  }

  #keep(kept: KeptId, keeping: Keeping): void {
    this.#kept.set(kept, keeping);
    const copies = this.#copies.get(keeping.version) ?? new Set();
    this.#copies.set(keeping.version, copies.add(kept));
  }

  #versionIn(kept: KeptId): string {
    return this.#kept.get(kept)?.version ?? `kept:${kept}`;
  }

  #meta({ area, names, was, mode, mtimeNs }: RecordOf<'meta'>): void {
    const body = this.#noted(area, names, was);
    body.after = null;
    if (mode !== undefined) body.mode = mode;
    if (mtimeNs !== undefined) body.mtimeNs = mtimeNs;
  }

  #after(record: RecordOf<'after'>): void {
    const { body } = this.resolve(record.area, record.names);
    if (body.file !== null && body.file !== record.file) this.#bodies.delete(body.file);
    body.file = record.file;
    this.#bodies.set(record.file, body);
    body.after = identityIn(record);
    body.mode = record.mode;
    body.mtimeNs = record.mtimeNs;
    body.isOwn = record.isOwn === true;
  }

  #noted(area: string, names: Names, was: Was): Body {
    const thing = this.resolve(area, names);
    this.#note(thing, was);
    return thing.body;
  }

  /** The first thing said about a file describes it before the turn. */
  #note(thing: Thing, was: Was): void {
    const known = this.#bodies.get(was.file);
    if (known && known !== thing.body && was.kind === 'file' && thing.body.was === null && !thing.body.isNew) {
      thing.body.things.delete(thing);
      thing.body = known;
      known.things.add(thing);
    }
    const { body } = thing;
    if (body.file === null) {
      body.file = was.file;
      this.#bodies.set(was.file, body);
    }
    if (body.isNew || body.was !== null) return;
    Object.assign(body, { kind: was.kind, was, mode: was.mode, mtimeNs: was.mtimeNs });
    if (was.target !== undefined) body.versionBefore = body.version = linkVersion(was.target);
  }

  #slot(area: string, names: Names): Slot {
    return { parent: this.resolve(area, names.slice(0, -1)), name: names.at(-1) ?? '' };
  }

  #take(thing: Thing): void {
    thing.place?.parent.entries.set(thing.place.name, null);
    if (thing.place) thing.place.parent.body.after = null;
    thing.body.after = null;
    thing.place = null;
  }

  #put(thing: Thing, slot: Slot): void {
    const there = slot.parent.entries.get(slot.name);
    if (there) there.place = null;
    thing.place = slot;
    slot.parent.entries.set(slot.name, thing);
    slot.parent.body.after = null;
    thing.body.after = null;
  }

  #newThing(area: string, body: Body): Thing {
    const thing = this.#make(area, null, null, body);
    this.things.push(thing);
    return thing;
  }

  #make(area: string, origin: Slot | null, place: Slot | null, body: Body): Thing {
    const thing: Thing = { id: ++this.#lastId, area, origin, place, body, kept: null, entries: new Map() };
    body.things.add(thing);
    return thing;
  }

  #body(kind: FileKind, isNew: boolean): Body {
    const version = `before:${++this.#lastVersion}`;
    return {
      kind,
      isNew,
      isMade: false,
      file: null,
      was: null,
      versionBefore: version,
      version,
      mode: null,
      mtimeNs: null,
      after: null,
      isOwn: false,
      isMixed: false,
      things: new Set(),
    };
  }
}

/** Replays records on a new tree, without those that failed. */
export function treeOf(logs: readonly (readonly JournalRecord[])[]): NameTree {
  const tree = new NameTree();
  for (const records of logs) for (const record of withoutFailed(records)) tree.apply(record);
  return tree;
}
