/** What generated code gives the runtime: how a struct is written and read, and what an interface has. */
import type { Struct } from 'capnp-ts';
import type { StructView } from './message-view';

/** How a struct of the schema becomes a plain object and back. */
export interface StructCodec<T> {
  readonly name: string;
  readonly dataBytes: number;
  readonly pointerCount: number;
  /** @throws ContractError `invalidMessage` */
  readonly read: (view: StructView) => T;
  /**
   * A method and no property, so that codecs of all types fit into one table.
   *
   * @throws TypeError where the value does not fit its type
   */
  write(builder: Struct, value: T): void;
}

/** One method of an interface: one struct in, one struct out. */
export interface MethodDescriptor {
  readonly ordinal: number;
  readonly name: string;
  /** `ms`; undefined leaves it to the connection, `0` is none */
  readonly deadlineMs?: number;
  readonly input: StructCodec<unknown>;
  readonly output: StructCodec<unknown>;
}

/** An interface of the schema; `T` is its type with plain objects. */
export interface InterfaceDescriptor<T> {
  readonly id: bigint;
  readonly name: string;
  readonly methods: readonly MethodDescriptor[];
  /** Never set: it ties the descriptor to its type. */
  readonly type?: T;
}
