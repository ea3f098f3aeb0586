/** A folder as a map of paths that reports each change in a journal's records: the model for the name tree. */
import type { KeptId, NewRecord, Was } from '../records';

export const area = 'folder';

export interface PlainFile {
  id: string;
  readonly kind: 'file' | 'directory';
  /** Stands for its bytes: differs after each change */
  content: string;
}

/** A kept file, or a copy of its bytes. */
interface Kept {
  readonly file: PlainFile;
  readonly content: string;
  readonly isCopy: boolean;
}

export const namesIn = (path: string): readonly string[] => path.split('/');
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const isIn = (path: string, directory: string): boolean => path.startsWith(`${directory}/`);

export class PlainDisk {
  readonly files = new Map<string, PlainFile>();
  readonly kept = new Map<KeptId, Kept>();
  /** Numbers of deleted files; new files may reuse them */
  readonly #freeIds: string[] = [];
  #last = 0;

  /** The present files become the earlier ones: nothing is kept, and no two files have the same bytes. */
  begin(): Map<string, PlainFile> {
    this.kept.clear();
    for (const file of new Set(this.files.values())) file.content = this.#newContent();
    return new Map([...this.files].map(([path, file]) => [path, { ...file }]));
  }

  /** Touches each name of the files that have several. */
  secondNames(): NewRecord[] {
    const names = [...this.files].filter(([, file]) => this.#linksOf(file) > 1);
    return names.map(([path, file]): NewRecord => ({
      type: 'meta',
      area,
      names: namesIn(path),
      was: this.#was(file),
      mode: 0o600,
    }));
  }

  /** Each operation returns its records, or none where a folder would refuse. */
  create(path: string, kind: PlainFile['kind']): NewRecord[] {
    if (!this.#isFree(path)) return [];
    const file: PlainFile = { id: this.#freeIds.pop() ?? this.#newId(), kind, content: this.#newContent() };
    this.files.set(path, file);
    return [{ type: 'create', area, names: namesIn(path), kind }, this.#after(path)];
  }

  link(existing: string, path: string): NewRecord[] {
    const file = this.files.get(existing);
    if (file?.kind !== 'file' || !this.#isFree(path)) return [];
    const was = this.#was(file);
    this.files.set(path, file);
    return [
      { type: 'create', area, names: namesIn(path), kind: 'file', existing: namesIn(existing), was },
      this.#after(existing),
    ];
  }

  drop(path: string, isKept: boolean): NewRecord[] {
    const file = this.files.get(path);
    if (!file || [...this.files.keys()].some((other) => isIn(other, path))) return [];
    const was = this.#was(file);
    const kept = isKept && file.kind === 'file' ? this.#keep({ file, content: file.content, isCopy: false }) : null;
    this.files.delete(path);
    if (kept === null && was.links <= 1 && ![...this.kept.values()].some((other) => other.file === file)) {
      this.#freeIds.push(file.id);
    }
    return [{ type: 'drop', area, names: namesIn(path), was, kept }];
  }

  move(from: string, to: string, isKept: boolean): NewRecord[] {
    const [file, target] = [this.files.get(from), this.files.get(to)];
    if (!file || file === target || from === to || isIn(to, from)) return [];
    if (target ? target.kind !== file.kind : !this.#isFree(to)) return [];
    const dropped = target ? this.drop(to, isKept) : [];
    if (target && dropped.length === 0) return [];
    const was = this.#was(file);
    for (const [path, moved] of [...this.files]) {
      if (path !== from && !isIn(path, from)) continue;
      this.files.delete(path);
      this.files.set(`${to}${path.slice(from.length)}`, moved);
    }
    return [...dropped, { type: 'move', area, from: namesIn(from), to: namesIn(to), was }, this.#after(to)];
  }

  /** Other bytes: new ones, or those of a kept file. */
  write(path: string, isKept: boolean, restores?: KeptId): NewRecord[] {
    const file = this.files.get(path);
    if (file?.kind !== 'file') return [];
    const content = restores === undefined ? this.#newContent() : this.kept.get(restores)?.content;
    if (content === undefined) return [];
    const kept = isKept ? this.#keep({ file, content: file.content, isCopy: true }) : null;
    const record = { type: 'content', area, names: namesIn(path), was: this.#was(file), kept } as const;
    file.content = content;
    return [restores === undefined ? record : { ...record, restores }];
  }

  /** Brings back a kept file. A copy counts as the file itself once that has no name left. */
  bring(id: KeptId, path: string): NewRecord[] {
    const kept = this.kept.get(id);
    const target = this.files.get(path);
    if (!kept || target?.kind === 'directory' || target === kept.file || (!target && !this.#isFree(path))) return [];
    const dropped = target ? this.drop(path, true) : [];
    this.kept.delete(id);
    const hasName = this.#linksOf(kept.file) > 0;
    if (hasName && kept.content !== kept.file.content) {
      this.files.set(path, { id: this.#newId(), kind: 'file', content: kept.content });
    } else {
      if (!hasName && kept.isCopy) kept.file.id = this.#newId();
      kept.file.content = kept.content;
      this.files.set(path, kept.file);
    }
    return [...dropped, { type: 'bring', area, names: namesIn(path), kept: id, kind: 'file' }, this.#after(path)];
  }

  #isFree(path: string): boolean {
    const parent = parentOf(path);
    return !this.files.has(path) && (parent === '' || this.files.get(parent)?.kind === 'directory');
  }

  #keep(kept: Kept): KeptId {
    const id = `1/${++this.#last}`;
    this.kept.set(id, kept);
    return id;
  }

  #newId = (): string => `1:${++this.#last}`;
  #newContent = (): string => `bytes ${++this.#last}`;

  #linksOf(file: PlainFile): number {
    return [...this.files.values()].filter((other) => other === file).length;
  }

  #was(file: PlainFile): Was {
    const { id, kind } = file;
    return { file: id, kind, mode: 0o644, size: 1, links: this.#linksOf(file), atimeNs: '1', mtimeNs: '1' };
  }

  #after(path: string): NewRecord {
    const { id, kind } = this.files.get(path) ?? { id: '0:0', kind: 'other' };
    return {
      type: 'after',
      area,
      names: namesIn(path),
      file: id,
      kind,
      mode: 0o644,
      size: 1,
      mtimeNs: '1',
      ctimeNs: '1',
    };
  }
}
