/** This machine's phase times, kept across starts and updates. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { vmPhaseName, type VmPhase } from '../schema/vm-api';
import { withPhases, type PhaseHistory } from './phases';

const stored = z.partialRecord(vmPhaseName, z.array(z.number().nonnegative()));

export class PhaseHistoryFile {
  #history: PhaseHistory = {};

  constructor(private readonly path: string) {}

  get current(): PhaseHistory {
    return this.#history;
  }

  /** An unreadable history counts as empty: it only sets time-outs and estimates. */
  async load(): Promise<void> {
    this.#history = await readFile(this.path, 'utf8')
      .then((text) => stored.safeParse(JSON.parse(text)).data ?? {})
      .catch(() => ({}));
  }

  async keep(phases: readonly VmPhase[]): Promise<void> {
    this.#history = withPhases(this.#history, phases);
    await mkdir(dirname(this.path), { recursive: true });
    await writeFile(this.path, JSON.stringify(this.#history));
  }
}
