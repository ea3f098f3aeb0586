/** Directories that an undo touches. They get their earlier times, unless somebody else added something. */
import type { Names } from '../../folder/folder-files';
import { statusIfThere } from '../../folder/status-if-there';
import type { Journal } from '../journal';
import type { NameTree } from '../name-tree';
import type { Thing } from '../things';
import type { Restorer } from './restorer';
import type { Conflict, Judge } from './plan';
import type { TimeSetter } from './time-setter';

export interface TouchedFoldersOptions {
  readonly journal: Journal;
  readonly tree: NameTree;
  readonly judge: Judge;
  readonly restorer: (area: string) => Restorer;
}

export class TouchedFolders {
  readonly #options: TouchedFoldersOptions;
  /** As they were before the undo */
  readonly #touched: ReadonlySet<Thing>;
  /** Nobody else changed them since, so their earlier times can be restored */
  readonly #asLeft: ReadonlySet<Thing>;

  constructor(options: TouchedFoldersOptions) {
    this.#options = options;
    this.#touched = new Set(this.#folders());
    this.#asLeft = new Set([...this.#touched].filter((thing) => this.#isAsLeft(thing)));
  }

  /** Directories that only this undo touched keep the times they had before it. */
  addTimes(times: TimeSetter, left: readonly Conflict[]): void {
    for (const thing of this.#folders()) {
      const { area, body } = thing;
      if (this.#touched.has(thing) && !this.#asLeft.has(thing)) continue;
      const names = this.#placeOf(thing);
      if (names && body.was && !isAnyIn(left, area, names)) times.add(area, names, body.was);
    }
  }

  /** Directories whose earlier times are known. */
  #folders(): readonly Thing[] {
    const { tree } = this.#options;
    const roots = tree.roots();
    return [...roots, ...tree.things].filter((thing) => {
      const { body, origin } = thing;
      return body.kind === 'directory' && body.was !== null && (origin !== null || roots.includes(thing));
    });
  }

  #isAsLeft(thing: Thing): boolean {
    const { journal, judge } = this.#options;
    const names = this.#placeOf(thing);
    const status = names && statusIfThere(journal.area(thing.area).files, names);
    return !status || judge.isAsLeft(thing.area, status);
  }

  #placeOf(thing: Thing): Names | null {
    const restorer = this.#options.restorer(thing.area);
    return restorer.placeOf(thing) ?? restorer.successorPlace(thing);
  }
}

const isAnyIn = (conflicts: readonly Conflict[], area: string, names: Names): boolean =>
  conflicts.some(({ change }) => {
    if (change.area !== area) return false;
    return [change.from, change.to].some((one) => one?.slice(0, -1).join('/') === names.join('/'));
  });
