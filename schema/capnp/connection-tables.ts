/** What a connection remembers: questions it asked, answers it owes, and what it has exported. */
import type { LocalCapability } from './capabilities';
import type { ContractError } from './contract-error';
import type { RpcMessage } from './rpc-reader';

type Return = Extract<RpcMessage, { kind: 'return' }>;

/** A question that was sent; its number is free again when it has been both answered and finished. */
export interface Question {
  /** Numbers of what was exported with it */
  readonly exported: readonly number[];
  /** Null when the asker has given up and only the number is still taken */
  settle: { readonly answered: (message: Return) => void; readonly failed: (error: ContractError) => void } | null;
}

/** A call of the other side that is under way, or a bootstrap question that is answered and not yet finished. */
export interface Answer {
  /** Whether the other side has said that it does not wait any more */
  isFinished: boolean;
  readonly abort: AbortController;
  /** What the answer consists of where that is one capability: calls may come for it before it has arrived there */
  readonly capability: LocalCapability | null;
  /** Numbers of what was exported with the answer */
  exported: readonly number[];
  isReturned: boolean;
}

/** Things that the other side may call, counted by how often they were sent. */
export class Exports {
  readonly #entries = new Map<number, { readonly capability: LocalCapability; references: number }>();
  readonly #ids = new Map<unknown, number>();
  #nextId = 0;

  /** The number of a capability; the same object of the same interface keeps its own. */
  add(capability: LocalCapability): number {
    const known = this.#ids.get(capability.implementation);
    const entry = known === undefined ? undefined : this.#entries.get(known);
    if (known !== undefined && entry?.capability.descriptor === capability.descriptor) {
      entry.references += 1;
      return known;
    }
    const id = this.#nextId;
    this.#nextId += 1;
    this.#entries.set(id, { capability, references: 1 });
    this.#ids.set(capability.implementation, id);
    return id;
  }

  get(id: number): LocalCapability | undefined {
    return this.#entries.get(id)?.capability;
  }

  release(id: number, count = 1): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.references -= count;
    if (entry.references > 0) return;
    this.#entries.delete(id);
    this.#ids.delete(entry.capability.implementation);
  }

  clear(): void {
    this.#entries.clear();
    this.#ids.clear();
  }
}

/** Questions by number; numbers are used again, lowest first is not needed. */
export class Questions {
  readonly #entries = new Map<number, Question>();
  readonly #free: number[] = [];
  #nextId = 0;

  reserve(): number {
    const id = this.#free.pop() ?? this.#nextId;
    if (id === this.#nextId) this.#nextId += 1;
    return id;
  }

  add(id: number, question: Question): void {
    this.#entries.set(id, question);
  }

  get(id: number): Question | undefined {
    return this.#entries.get(id);
  }

  remove(id: number): void {
    this.#entries.delete(id);
    this.#free.push(id);
  }

  /** Empties the table and gives what was in it. */
  takeAll(): readonly Question[] {
    const all = [...this.#entries.values()];
    this.#entries.clear();
    return all;
  }
}
