/** The person's extensions: which exist, which are on, and what a task gets of them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RpcError } from '../../schema/errors';
import type { Extension, TaskExtensions } from '../../schema/extensions';
import { Listeners } from '../../schema/transport';
import { readStateFile, type SetAside } from '../state-files/read-state-file';
import { replaceFile } from '../../node/replace-file';
import type { Checked } from './check-behaviour';
import { readExtensions, type ExtensionSource } from './extension-files';

export interface ExtensionsOptions {
  /** Created when it is missing, so that a person finds it */
  readonly folder: string;
  /** Stores the names of those that are off */
  readonly stateFile: string;
  /** Checks a main file, given relative to the folder */
  readonly check: (main: string) => Promise<Checked>;
}

const stored = z.strictObject({ off: z.array(z.string()) });

export class Extensions {
  /** An extension was turned on or off, or the files were read again: sessions that begin from now on use it */
  readonly changed = new Listeners<undefined>();
  #off: ReadonlySet<string> = new Set();
  /** The last check of each main file, with the content it applies to */
  readonly #checked = new Map<string, { readonly content: string; readonly checked: Promise<Checked> }>();

  private constructor(private readonly options: ExtensionsOptions) {}

  static async open(options: ExtensionsOptions): Promise<readonly [Extensions, SetAside | null]> {
    const extensions = new Extensions(options);
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const { value, setAside } = await readStateFile(options.stateFile, stored);
    extensions.#off = new Set(value?.off ?? []);
    return [extensions, setAside];
  }

  get folder(): string {
    return this.options.folder;
  }

  async list(): Promise<Extension[]> {
    const sources = await readExtensions(this.options.folder);
    return Promise.all(
      sources.map(async (source): Promise<Extension> => {
        const { name, main, problems } = source;
        const isOn = !this.#off.has(name);
        if (problems.length > 0) return { name, main, isOn, summary: null, problems: [...problems] };
        const checked = await this.#check(source);
        return { name, main, isOn, summary: checked.summary, problems: [...checked.problems] };
      }),
    );
  }

  /** @throws RpcError `NOT_FOUND` for one that no longer exists */
  async setOn(name: string, isOn: boolean): Promise<void> {
    const sources = await readExtensions(this.options.folder);
    if (!sources.some((source) => source.name === name)) {
      throw new RpcError('NOT_FOUND', `The extension ${name} no longer exists. Look in ${this.options.folder}.`);
    }
    const off = new Set(this.#off);
    if (isOn) off.delete(name);
    else off.add(name);
    await replaceFile(this.options.stateFile, `${JSON.stringify({ off: [...off].sort() }, null, 2)}\n`, 0o600);
    this.#off = off;
    this.changed.emit(undefined);
  }

  /** From now on, every new session uses the present files. */
  reload(): void {
    this.#checked.clear();
    this.changed.emit(undefined);
  }

  /** Those that are on and valid. */
  async forTask(): Promise<TaskExtensions> {
    const usable: ExtensionSource[] = [];
    for (const source of await readExtensions(this.options.folder)) {
      if (this.#off.has(source.name) || source.problems.length > 0) continue;
      if ((await this.#check(source)).problems.length === 0) usable.push(source);
    }
    return { mains: usable.map(({ main }) => main), files: usable.flatMap(({ files }) => [...files]) };
  }

  /** Checks each content once. */
  #check({ main, files }: ExtensionSource): Promise<Checked> {
    const content = JSON.stringify(files);
    const before = this.#checked.get(main);
    if (before?.content === content) return before.checked;
    const checked = this.options.check(main);
    this.#checked.set(main, { content, checked });
    return checked;
  }
}

/** Their places in the state folder. */
export const extensionPlaces = (root: string): Pick<ExtensionsOptions, 'folder' | 'stateFile'> => ({
  folder: join(root, 'extensions'),
  stateFile: join(root, 'extensions.json'),
});
