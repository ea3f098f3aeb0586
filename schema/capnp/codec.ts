/** What generated code provides to the runtime: how to write and read a struct, and what an interface contains. */
import type { Struct } from 'capnp-ts';
import type { StructView } from './message-view';

/** Converts a struct of the schema to a plain object and back. */
export interface StructCodec<T> {
  readonly name: string;
  readonly dataBytes: number;
  readonly pointerCount: number;
  /** @throws ContractError `invalidMessage` */
  readonly read: (view: StructView) => T;
  /**
   * A method instead of a property, so that codecs of all types fit into one table.
   *
   * @throws TypeError when the value doesn't fit its type
   */
  write(builder: Struct, value: T): void;
}

/** One method of an interface: one struct in, one struct out. */
export interface MethodDescriptor {
  readonly ordinal: number;
  readonly name: string;
  /** `ms`; undefined means the connection's, `0` means none */
  readonly deadlineMs?: number;
  readonly input: StructCodec<unknown>;
  readonly output: StructCodec<unknown>;
}

/** An interface of the schema; `T` is its type with plain objects. */
export interface InterfaceDescriptor<T> {
  readonly id: bigint;
  readonly name: string;
  readonly methods: readonly MethodDescriptor[];
  /** Never set; connects the descriptor to its type. */
  readonly type?: T;
}
