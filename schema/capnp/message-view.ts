/**
 * Reads one Cap'n Proto message in place: follows pointers on demand, and copies or changes nothing. capnp-ts's own
 * readers allocate inside the received message and trust list lengths. This file reads what comes from another process:
 * it checks every pointer and spends from two budgets:
 *
 * - words: an honest message is a tree, so it follows no more words than the message has;
 * - objects: structs, lists, texts and list elements, so that zero-sized elements can't fill the memory.
 */
import { ContractError } from './contract-error';

/** Limits for reading one message. */
export interface ReadLimits {
  /** Maximum depth of pointers from the root */
  readonly maximumDepth: number;
  /** Structs, lists, texts and list elements together */
  readonly maximumObjects: number;
}

export const defaultReadLimits: ReadLimits = { maximumDepth: 64, maximumObjects: 262_144 };

const invalid = (what: string): ContractError => new ContractError('invalidMessage', what);

/** One struct of a message. Reading beyond its end gives defaults, because an older sender has fewer fields. */
export interface StructView {
  readonly message: MessageView;
  readonly segment: DataView;
  /** Offset of the data section, `bytes` */
  readonly data: number;
  readonly dataBytes: number;
  /** Offset of the pointer section, `bytes` */
  readonly pointers: number;
  readonly pointerCount: number;
  readonly depth: number;
}

/** One list of a message; `dataBytes` and `pointerCount` are those of each element in a list of structs. */
export interface ListView {
  readonly message: MessageView;
  readonly segment: DataView;
  readonly offset: number;
  readonly length: number;
  /** The number of the encoding: 0 void, 1 bit, 2–5 one to eight bytes, 6 pointer, 7 structs */
  readonly elementSize: number;
  readonly dataBytes: number;
  readonly pointerCount: number;
  readonly depth: number;
}

/** The three kinds of pointer that lead to something. */
export type Target =
  | ({ readonly kind: 'struct' } & StructView)
  | ({ readonly kind: 'list' } & ListView)
  | { readonly kind: 'capability'; readonly index: number };

const elementBits = [0, 1, 8, 16, 32, 64, 64] as const;

/** A received message. `capabilities` is what its capability pointers index; the connection sets it. */
export class MessageView {
  capabilities: readonly unknown[] = [];
  #wordsLeft: number;
  #objectsLeft: number;

  constructor(
    readonly segments: readonly DataView[],
    readonly limits: ReadLimits = defaultReadLimits,
  ) {
    this.#wordsLeft = segments.reduce((sum, segment) => sum + segment.byteLength / 8, 0);
    this.#objectsLeft = limits.maximumObjects;
  }

  /** @throws ContractError `invalidMessage` for a message without a struct at its root */
  root(): StructView {
    const [first] = this.segments;
    const target = first === undefined ? null : this.follow(first, 0, 0);
    if (target?.kind !== 'struct') throw invalid('the message has no struct at its root');
    return target;
  }

  /**
   * What the pointer at `offset` of `segment` leads to, or null.
   *
   * @throws ContractError `invalidMessage` for a pointer that is out of bounds, nested too deeply or beyond the budgets
   */
  follow(segment: DataView, offset: number, depth: number): Target | null {
    if (offset < 0 || offset + 8 > segment.byteLength) throw invalid('a pointer leads outside its segment');
    const low = segment.getUint32(offset, true);
    const high = segment.getUint32(offset + 4, true);
    if (low === 0 && high === 0) return null;
    if (depth >= this.limits.maximumDepth) throw invalid(`nested deeper than ${this.limits.maximumDepth}`);
    if ((low & 3) !== 2) return this.#near(segment, low, high, offset + 8 + ((low | 0) >> 2) * 8, depth);

    const pad = this.#segment(high);
    const padOffset = (low >>> 3) * 8;
    const isDouble = (low & 4) !== 0;
    if (padOffset + (isDouble ? 16 : 8) > pad.byteLength) throw invalid('a far pointer leads outside its segment');
    const padLow = pad.getUint32(padOffset, true);
    const padHigh = pad.getUint32(padOffset + 4, true);
    if (!isDouble) {
      if ((padLow & 3) === 2) throw invalid('a far pointer leads to another one');
      return this.#near(pad, padLow, padHigh, padOffset + 8 + ((padLow | 0) >> 2) * 8, depth);
    }
    if ((padLow & 7) !== 2) throw invalid('a double-far pointer has no landing pad');
    const tagLow = pad.getUint32(padOffset + 8, true);
    const tagHigh = pad.getUint32(padOffset + 12, true);
    if ((tagLow & 3) > 1) throw invalid('a double-far pointer has a wrong tag');
    return this.#near(this.#segment(padHigh), tagLow, tagHigh, (padLow >>> 3) * 8, depth);
  }

  #segment(index: number): DataView {
    const segment = this.segments[index];
    if (segment === undefined) throw invalid(`there is no segment ${index}`);
    return segment;
  }

  #spend(words: number, objects: number): void {
    this.#wordsLeft -= words;
    this.#objectsLeft -= objects;
    if (this.#wordsLeft < 0) throw invalid('parts of the message are used more than once');
    if (this.#objectsLeft < 0) throw invalid(`more than ${this.limits.maximumObjects} objects in one message`);
  }

  #near(segment: DataView, low: number, high: number, offset: number, depth: number): Target {
    const kind = low & 3;
    if (kind === 0) return this.#struct(segment, high, offset, depth);
    if (kind === 1) return this.#list(segment, high, offset, depth);
    if (low !== 3) throw invalid('a pointer has an unknown kind');
    this.#spend(0, 1);
    return { kind: 'capability', index: high };
  }

  #struct(segment: DataView, high: number, offset: number, depth: number): Target {
    const dataBytes = (high & 0xffff) * 8;
    const pointerCount = high >>> 16;
    const bytes = dataBytes + pointerCount * 8;
    if (offset < 0 || offset + bytes > segment.byteLength) throw invalid('a struct reaches outside its segment');
    this.#spend(bytes / 8, 1);
    const pointers = offset + dataBytes;
    return {
      kind: 'struct',
      message: this,
      segment,
      data: offset,
      dataBytes,
      pointers,
      pointerCount,
      depth: depth + 1,
    };
  }

  #list(segment: DataView, high: number, offset: number, depth: number): Target {
    const elementSize = high & 7;
    const count = high >>> 3;
    const common = { kind: 'list', message: this, segment, elementSize, depth: depth + 1 } as const;
    const bits = elementBits[elementSize];
    if (bits !== undefined) {
      const bytes = Math.ceil((count * bits) / 64) * 8;
      if (offset < 0 || offset + bytes > segment.byteLength) throw invalid('a list reaches outside its segment');
      // Text and data count as one object each; elements of a byte or more need memory in proportion to the frame.
      this.#spend(bytes / 8, 1 + (elementSize === 2 ? 0 : elementSize === 6 || bits === 0 ? count : count / 8));
      return { ...common, offset, length: count, dataBytes: 0, pointerCount: 0 };
    }
    const bytes = count * 8;
    if (offset < 0 || offset + 8 + bytes > segment.byteLength) throw invalid('a list reaches outside its segment');
    const tag = segment.getUint32(offset, true);
    const size = segment.getUint32(offset + 4, true);
    if ((tag & 3) !== 0) throw invalid('a list of structs has no tag');
    const length = tag >>> 2;
    const dataBytes = (size & 0xffff) * 8;
    const pointerCount = size >>> 16;
    if (length * (dataBytes + pointerCount * 8) > bytes) throw invalid('a list of structs is longer than its content');
    this.#spend(count + 1, 1 + length);
    return { ...common, offset: offset + 8, length, dataBytes, pointerCount };
  }
}
