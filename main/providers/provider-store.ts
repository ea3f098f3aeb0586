/** Stores the person's providers in `<stateFolder>/providers.json`. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readStateFile, type SetAside } from '../state-files/read-state-file';
import { replaceFile } from '../../node/replace-file';
import { providersFile, type StoredProvider } from './stored-provider';

export class ProviderStore {
  readonly #path: string;
  #providers: readonly StoredProvider[];
  /** The file that couldn't be read, if any */
  readonly setAside: SetAside | null;

  private constructor(path: string, providers: readonly StoredProvider[], setAside: SetAside | null) {
    this.#path = path;
    this.#providers = providers;
    this.setAside = setAside;
  }

  /** Reads the file, or starts without one. Rejects when it exists and can't be opened. */
  static async open(stateFolder: string, now?: () => number): Promise<ProviderStore> {
    const path = join(stateFolder, 'providers.json');
    const { value, setAside } = await readStateFile(path, providersFile, now);
    return new ProviderStore(path, value?.providers ?? [], setAside);
  }

  get providers(): readonly StoredProvider[] {
    return this.#providers;
  }

  /** Adds a provider or replaces the one with its name. */
  save(provider: StoredProvider): Promise<void> {
    return this.#replace([...this.#providers.filter(({ name }) => name !== provider.name), provider]);
  }

  remove(removed: string): Promise<void> {
    return this.#replace(this.#providers.filter(({ name }) => name !== removed));
  }

  async #replace(providers: readonly StoredProvider[]): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await replaceFile(this.#path, `${JSON.stringify({ version: 1, providers }, null, 2)}\n`);
    this.#providers = providers;
  }
}
