/** A task's record on disk. Simultaneous changes are applied one after another. */
import type { TaskRecord, TaskStore } from './task-store';

export interface KeptRecordOptions {
  readonly store: TaskStore;
  /** A removed task is no longer written. */
  readonly isRemoved: () => boolean;
  readonly onChanged: (before: TaskRecord) => void;
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

  /** `assertMay` is called right before the change, after earlier writes are done. */
  save(change: Partial<TaskRecord>, assertMay: () => void = () => undefined): Promise<void> {
    const { store, isRemoved, onChanged } = this.options;
    const saved = this.#saving.then(async () => {
      if (isRemoved()) return;
      assertMay();
      const before = this.current;
      const record = { ...before, ...change };
      await store.save(record);
      this.current = record;
      onChanged(before);
    });
    this.#saving = saved.catch(() => undefined);
    return saved;
  }
}
