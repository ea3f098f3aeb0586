/** A behaviour's files: the main one and, before it, the files it includes. */
import { parseEdn } from './edn/parse';
import { reportInto } from './read/reader';
import { readFileParts, type FileParts } from './read/file-reader';
import { BehaviourError, type Place, type Problem } from './source/problem';

/** Reads a file beside the main one; `null` when it isn't there. */
export type ReadText = (file: string) => Promise<string | null>;

/** A file that was read: its parts, in the order in which their rules apply. */
export interface LoadedFile {
  readonly file: string;
  readonly parts: FileParts;
  /** The text as it was read, for messages that show a line */
  readonly text: string;
}

/** A behaviour's files, with included ones before those that include them, and the problems so far. */
export interface Loaded {
  readonly main: string;
  readonly files: readonly LoadedFile[];
  readonly problems: readonly Problem[];
}

/** Maximum number of files in one behaviour. */
const mostFiles = 50;

/** A file name in an included file is relative to that file. */
function besideOf(file: string, name: string): string {
  const slash = file.lastIndexOf('/');
  return slash < 0 ? name : `${file.slice(0, slash + 1)}${name}`;
}

class Loader {
  readonly problems: Problem[] = [];
  readonly loaded: LoadedFile[] = [];
  private readonly done = new Set<string>();
  private count = 0;

  constructor(private readonly readText: ReadText) {}

  async load(file: string, from: Place | null, path: readonly string[]): Promise<void> {
    const report = reportInto(this.problems);
    const at: Place = from ?? { file, line: 1, column: 1 };
    if (path.includes(file)) {
      const circle = [...path.slice(path.indexOf(file)), file].join(' → ');
      return report(at, `these files include each other: ${circle}`);
    }
    // A file that is included twice appears once, at its first place.
    if (this.done.has(file)) return;
    this.done.add(file);
    this.count += 1;
    if (this.count > mostFiles) return report(at, `a behaviour has at most ${mostFiles} files`);
    const text = await this.readText(file);
    if (text === null)
      return report(at, from === null ? "this file doesn't exist" : `the included file "${file}" doesn't exist`);
    const parts = this.parse(file, text);
    if (parts === undefined) return;
    for (const { name, node } of parts.Include) await this.load(besideOf(file, name), node.at, [...path, file]);
    this.loaded.push({ file, parts, text });
  }

  private parse(file: string, text: string): FileParts | undefined {
    try {
      return readFileParts(parseEdn({ file, text }), reportInto(this.problems));
    } catch (error) {
      if (!(error instanceof BehaviourError)) throw error;
      this.problems.push(...error.problems);
      return undefined;
    }
  }
}

/** Reads a behaviour's files. `compile` reports the problems together with its own. Throws what `readText` throws. */
export async function loadFiles(main: string, readText: ReadText): Promise<Loaded> {
  const loader = new Loader(readText);
  await loader.load(main, null, []);
  return { main, files: loader.loaded, problems: loader.problems };
}
