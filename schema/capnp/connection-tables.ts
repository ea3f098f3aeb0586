/** What a connection stores: questions it asked, calls it is answering, and what it exported. */
import type { LocalCapability } from './capabilities';
import type { ContractError } from './contract-error';
import type { RpcMessage } from './rpc-reader';

type Return = Extract<RpcMessage, { kind: 'return' }>;

/** A question that was sent. Its number is free again when it has been answered and finished. */
export interface Question {
  /** Numbers of the capabilities exported with it */
  readonly exported: readonly number[];
  /** Null when the asker has cancelled it and only the number is still in use */
  settle: { readonly answered: (message: Return) => void; readonly failed: (error: ContractError) => void } | null;
}

/** A running call of the other side, or a bootstrap question that is answered but not finished. */
export interface Answer {
  /** Whether the other side has said that it no longer waits */
  isFinished: boolean;
  readonly abort: AbortController;
  /** The answer, if it is a single capability: calls to it may arrive before the answer reaches the other side */
  readonly capability: LocalCapability | null;
  /** Numbers of the capabilities exported with the answer */
  exported: readonly number[];
  isReturned: boolean;
}

/** Capabilities that the other side may call, with a count of how often each was sent. */
export class Exports {
  readonly #entries = new Map<number, { readonly capability: LocalCapability; references: number }>();
  readonly #ids = new Map<unknown, number>();
  #nextId = 0;

  /** The number of a capability. The same object with the same interface keeps its number. */
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

/** Questions by number. Free numbers are reused, in any order. */
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

  /** Empties the table and returns its questions. */
  takeAll(): readonly Question[] {
    const all = [...this.#entries.values()];
    this.#entries.clear();
    return all;
  }
}
