/** The person's settings, in one file. */
import type { z } from 'zod';
import { settings, type Settings } from '../../schema/settings';
import { Listeners } from '../../schema/transport';
import { readStateFile, type SetAside } from '../state-files/read-state-file';
import { replaceFile } from '../../node/replace-file';

const stored = settings.partial();

type SettingsChange = z.output<typeof stored>;

/** Without members that nobody chose, so that a later default applies to them. */
const chosen = (change: SettingsChange): Partial<Settings> =>
  Object.fromEntries(Object.entries(change).filter(([, member]) => member !== undefined));

export class SettingsStore {
  readonly changed = new Listeners<Settings>();
  #kept: Partial<Settings> = {};
  #writing: Promise<void> = Promise.resolve();

  private constructor(private readonly path: string) {}

  /** Reads the settings; a file that can't be parsed is moved aside and reported. */
  static async open(path: string): Promise<readonly [SettingsStore, SetAside | null]> {
    const store = new SettingsStore(path);
    const { value, setAside } = await readStateFile(path, stored);
    store.#kept = chosen(value ?? {});
    return [store, setAside];
  }

  get current(): Settings {
    return {
      theme: 'system',
      defaultModel: 'tour/tour',
      asksBeforeChange: false,
      approvalTimeoutSeconds: 120,
      keepUpToMb: 512,
      growUpToGb: 20,
      ...this.#kept,
    };
  }

  /** Simultaneous changes are applied one after another, so that none is lost. */
  update(change: SettingsChange): Promise<void> {
    const updated = this.#writing.then(async () => {
      const next = { ...this.#kept, ...chosen(change) };
      await replaceFile(this.path, `${JSON.stringify(next, null, 2)}\n`, 0o600);
      this.#kept = next;
      this.changed.emit(this.current);
    });
    this.#writing = updated.catch(() => undefined);
    return updated;
  }
}
