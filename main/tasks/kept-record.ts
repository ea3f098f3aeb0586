/** What is kept of a task on disk. Changes come from several sides at once; each is made on the outcome of the last. */
import type { TaskRecord, TaskStore } from './task-store';

export interface KeptRecordOptions {
  readonly store: TaskStore;
  /** A task that was removed is not written any more. */
  readonly isRemoved: () => boolean;
  readonly onChanged: () => void;
}

export class KeptRecord {
  #saving: Promise<void> = Promise.resolve();

  constructor(
    public current: TaskRecord,
    private readonly options: KeptRecordOptions,
  ) {}

  /** Resolves when nothing is being written. */
  get saved(): Promise<void> {
    return this.#saving;
  }

  /** `assertMay` is asked right before, when what was under way has been written. */
  save(change: Partial<TaskRecord>, assertMay: () => void = () => undefined): Promise<void> {
    const { store, isRemoved, onChanged } = this.options;
    const saved = this.#saving.then(async () => {
      if (isRemoved()) return;
      assertMay();
      const record = { ...this.current, ...change };
      await store.save(record);
      this.current = record;
      onChanged();
    });
    this.#saving = saved.catch(() => undefined);
    return saved;
  }
}
