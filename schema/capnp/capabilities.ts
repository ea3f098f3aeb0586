/**
 * Interfaces in structs: the sender's object becomes an entry in the message's capability table, and the receiver gets
 * an object whose methods call back. A capability lives as long as its connection.
 */
import { type Message, Struct } from 'capnp-ts';
import type { CallOptions } from './call-options';
import type { InterfaceDescriptor, MethodDescriptor, StructCodec } from './codec';
import { ContractError } from './contract-error';
import type { StructView } from './message-view';

/** Something on the other side that this side may call. */
export interface RemoteCapability {
  call(
    interfaceId: bigint,
    interfaceName: string,
    method: MethodDescriptor,
    input: unknown,
    options: CallOptions,
  ): Promise<unknown>;
}

/** Something on this side that the other side may call. */
export interface LocalCapability {
  readonly descriptor: InterfaceDescriptor<unknown>;
  readonly implementation: unknown;
}

/** The capabilities written into a message, in the order of its table. */
const written = new WeakMap<Message, LocalCapability[]>();

/** The capabilities written into a message with `writeCapability`. */
export const writtenCapabilities = (message: Message): readonly LocalCapability[] => written.get(message) ?? [];

/** Writes a capability pointer to an object that implements an interface. */
export function writeCapability<T>(
  builder: Struct,
  index: number,
  descriptor: InterfaceDescriptor<T>,
  implementation: T,
): void {
  const { message } = builder.segment;
  const table = written.get(message) ?? [];
  written.set(message, table);
  const pointer = Struct.getPointer(index, builder);
  // The kind of a capability pointer, followed by its index in the table.
  pointer.segment.setUint32(pointer.byteOffset, 3);
  pointer.segment.setUint32(pointer.byteOffset + 4, table.length);
  table.push({ descriptor, implementation });
}

/** @throws ContractError `invalidMessage` when there is no capability */
export function readCapability<T>(view: StructView, index: number, descriptor: InterfaceDescriptor<T>): T {
  const target =
    index < view.pointerCount ? view.message.follow(view.segment, view.pointers + index * 8, view.depth) : null;
  const capability = target?.kind === 'capability' ? view.message.capabilities[target.index] : undefined;
  if (capability === undefined) throw new ContractError('invalidMessage', `${descriptor.name} is missing`);
  return clientOf(descriptor, capability as RemoteCapability);
}

/** An object whose methods call a capability of the other side, with plain objects as input and output. */
export function clientOf<T>(descriptor: InterfaceDescriptor<T>, capability: RemoteCapability): T {
  const methods = descriptor.methods.map((method) => [
    method.name,
    (input: unknown, options: CallOptions = {}) =>
      capability.call(descriptor.id, descriptor.name, method, input, options),
  ]);
  // The generator makes descriptor and type from the same schema; nothing else connects a list of methods to an
  // interface.
  return Object.fromEntries(methods) as T;
}

/** One of this side's methods, found by its number, as a function of decoded input. */
export type LocalMethod = (input: unknown, call: CallOptions) => Promise<unknown>;

/** @throws ContractError `unimplemented` */
export function localMethod(
  { descriptor, implementation }: LocalCapability,
  interfaceId: bigint,
  ordinal: number,
): {
  readonly name: string;
  readonly input: StructCodec<unknown>;
  readonly output: StructCodec<unknown>;
  readonly run: LocalMethod;
} {
  const method = descriptor.id === interfaceId ? descriptor.methods.find((one) => one.ordinal === ordinal) : undefined;
  if (method === undefined) {
    throw new ContractError(
      'unimplemented',
      `${descriptor.name} has no method ${ordinal} of 0x${interfaceId.toString(16)}`,
    );
  }
  const object = implementation as Readonly<Record<string, LocalMethod | undefined>>;
  const run = object[method.name];
  if (typeof run !== 'function') {
    throw new ContractError('unimplemented', `${descriptor.name}.${method.name} isn't available here`);
  }
  return {
    name: `${descriptor.name}.${method.name}`,
    input: method.input,
    output: method.output,
    run: (input, call) => run.call(object, input, call),
  };
}
