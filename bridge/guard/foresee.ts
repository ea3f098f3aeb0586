/** Finds the existing files that a command would delete or move. */
import type { Act } from '../behaviour/vocabulary/acts';
import { globMatches, globPattern, type GlobPattern } from '../behaviour/pattern/glob';
import type { FolderLook } from './folder-look';
import type { FindTests, IntendedAct, WorkingFolder } from './intended-act';
import type { NamePattern, PathPattern } from './path-pattern';

/** Maximum acts of one command; the file server asks about the rest when they happen */
const actsCap = 1000;
/** Maximum names to look at for one command */
const looksCap = 20_000;

const join = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`);
const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

class Foreseeing {
  readonly acts: Act[] = [];
  #looks = 0;

  constructor(private readonly look: FolderLook) {}

  add(intended: IntendedAct): void {
    switch (intended.kind) {
      case 'delete':
        return this.#paths(intended.cwd, intended.target).forEach((path) => this.#push('delete', path, ''));
      case 'find-delete':
        return this.#paths(intended.cwd, intended.root).forEach((root) => this.#find(root, intended.tests, 0));
      case 'move':
        return this.#move(intended);
    }
  }

  #push(kind: Act['kind'], path: string, target: string): void {
    if (this.acts.length < actsCap) this.acts.push({ kind, path, target, count: this.#filesIn(path) });
  }

  /** 1 for a file; counts the content of a folder as far as the cap allows. */
  #filesIn(path: string): number {
    if (this.look.kindOf(path) !== 'directory') return 1;
    const names = this.look.namesIn(path);
    if (!this.#isWithinCap(names.length)) return 0;
    return names.reduce((sum, name) => sum + this.#filesIn(join(path, name)), 0);
  }

  #move({ cwd, sources, target }: Extract<IntendedAct, { kind: 'move' }>): void {
    const to = literalPath(cwd, target);
    if (to === null) return;
    const isInto = this.look.kindOf(to) === 'directory';
    for (const path of sources.flatMap((source) => this.#paths(cwd, source))) {
      const end = isInto ? join(to, nameOf(path)) : to;
      if (end !== path) this.#push(parentOf(end) === parentOf(path) ? 'rename' : 'move', path, end);
    }
  }

  /** Existing files that a pattern matches. */
  #paths(cwd: WorkingFolder, { isAbsolute, names }: PathPattern): readonly string[] {
    if (!isAbsolute && cwd === null) return [];
    let paths: readonly string[] = ['/'];
    for (const name of isAbsolute ? names : [...(cwd ?? []), ...names]) {
      paths = paths.flatMap((path) => this.#step(path, name));
    }
    return paths;
  }

  #step(path: string, pattern: NamePattern): readonly string[] {
    if ('name' in pattern) {
      if (pattern.name === '..') return [parentOf(path)];
      const below = join(path, pattern.name);
      return this.#isWithinCap(1) && this.look.kindOf(below) !== null ? [below] : [];
    }
    const glob = globPattern(pattern.glob);
    if (glob === null) return [];
    const names = this.look.namesIn(path);
    if (!this.#isWithinCap(names.length)) return [];
    // Like the shell: a pattern matches names that begin with a dot only when it begins with one too.
    const isSeen = (name: string): boolean => pattern.glob.startsWith('.') || !name.startsWith('.');
    return names.filter((name) => isSeen(name) && globMatches(glob, name)).map((name) => join(path, name));
  }

  #find(path: string, tests: FindTests, depth: number): void {
    const kind = this.#isWithinCap(1) ? this.look.kindOf(path) : null;
    if (kind === null || depth > tests.maxDepth) return;
    if (kind === 'directory') {
      for (const name of this.look.namesIn(path)) this.#find(join(path, name), tests, depth + 1);
    }
    if (depth >= tests.minDepth && passes(nameOf(path), kind, tests)) this.#push('delete', path, '');
  }

  #isWithinCap(count: number): boolean {
    this.#looks += count;
    return this.#looks <= looksCap;
  }
}

function passes(name: string, kind: 'file' | 'directory', tests: FindTests): boolean {
  if (tests.kind !== null && tests.kind !== kind) return false;
  return tests.names.every(({ glob, isCaseless }) => {
    const pattern: GlobPattern | null = globPattern(isCaseless ? glob.toLowerCase() : glob);
    return pattern !== null && globMatches(pattern, isCaseless ? name.toLowerCase() : name);
  });
}

function literalPath(cwd: WorkingFolder, { isAbsolute, names }: PathPattern): string | null {
  if (!isAbsolute && cwd === null) return null;
  let path = '/';
  for (const name of isAbsolute ? names : [...(cwd ?? []), ...names]) {
    if ('glob' in name) return null;
    path = name.name === '..' ? parentOf(path) : join(path, name.name);
  }
  return path;
}

/** The acts on existing files, each once, in the order in which they would happen. */
export function foresee(intended: readonly IntendedAct[], look: FolderLook): readonly Act[] {
  const foreseeing = new Foreseeing(look);
  intended.forEach((act) => foreseeing.add(act));
  const seen = new Set<string>();
  return foreseeing.acts.filter(({ kind, path }) => {
    const key = `${kind} ${path}`;
    return !seen.has(key) && seen.add(key);
  });
}
