/** Builds the standard's RPC messages with capnp-ts. */
import { Message, Struct } from 'capnp-ts';
import { SingleSegmentArena } from 'capnp-ts/src/serialization/arena/single-segment-arena';
import { Message as RpcRoot, type Payload } from 'capnp-ts/src/std/rpc.capnp';
import { type LocalCapability, writtenCapabilities } from './capabilities';
import type { StructCodec } from './codec';
import { ContractError, type WireException } from './contract-error';
import type { CallTarget } from './rpc-reader';
import { initStruct } from './write-values';

/**
 * Roughly how many bytes a value takes on the wire. capnp-ts grows a message by 4 KiB at a time and copies all of it
 * each time, so a large message would take seconds without this.
 */
function roughBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + 16;
  if (value instanceof Uint8Array) return value.byteLength + 16;
  if (typeof value !== 'object' || value === null) return 8;
  let sum = 32;
  for (const member of Object.values(value)) sum += roughBytes(member);
  return sum;
}

/** An empty message with room for a value. */
export function newMessage(value: unknown): Message {
  const bytes = roughBytes(value) + 512;
  return bytes <= 4096 ? new Message() : new Message(new SingleSegmentArena(new ArrayBuffer(Math.ceil(bytes / 8) * 8)));
}

/** The offset of an exception's type, which is a plain number here, `bytes`. */
const exceptionTypeOffset = 4;

/** Returns the number of one of our capabilities in the export table. */
export type Export = (capability: LocalCapability) => number;

/** A message, and the numbers of its exports. */
export interface Outgoing {
  readonly bytes: Uint8Array;
  readonly exported: readonly number[];
}

const finished = (message: Message, exported: readonly number[] = []): Outgoing => ({
  bytes: new Uint8Array(message.toArrayBuffer()),
  exported,
});

function fill<T>(message: Message, payload: Payload, codec: StructCodec<T>, value: T, exportOne: Export): number[] {
  codec.write(initStruct(payload.getContent(), codec), value);
  const capabilities = writtenCapabilities(message);
  if (capabilities.length === 0) return [];
  const table = payload.initCapTable(capabilities.length);
  return capabilities.map((capability, index) => {
    const id = exportOne(capability);
    table.get(index).setSenderHosted(id);
    return id;
  });
}

/** A value that doesn't fit its type is the caller's mistake: throws it as a contract error. */
function build<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ContractError('invalidInput', `${name} can't be written: ${why}`, { cause: thrown });
  }
}

/** Asks for the main object. */
export function bootstrapMessage(questionId: number): Uint8Array {
  const message = new Message();
  message.initRoot(RpcRoot).initBootstrap().setQuestionId(questionId);
  return finished(message).bytes;
}

/** The parts of a call. */
export interface CallParts<T> {
  readonly questionId: number;
  readonly target: CallTarget;
  readonly interfaceId: bigint;
  readonly methodId: number;
  readonly codec: StructCodec<T>;
  readonly input: T;
}

/** @throws ContractError `invalidInput` when the input doesn't fit its type */
export function callMessage<T>(parts: CallParts<T>, exportOne: Export): Outgoing {
  const message = newMessage(parts.input);
  const call = message.initRoot(RpcRoot).initCall();
  call.setQuestionId(parts.questionId);
  call.setInterfaceId(parts.interfaceId);
  call.setMethodId(parts.methodId);
  if (parts.target.kind === 'export') call.initTarget().setImportedCap(parts.target.id);
  else call.initTarget().initPromisedAnswer().setQuestionId(parts.target.questionId);
  return build(parts.codec.name, () =>
    finished(message, fill(message, call.initParams(), parts.codec, parts.input, exportOne)),
  );
}

/** @throws ContractError `invalidInput` when the output doesn't fit its type */
export function resultsMessage<T>(answerId: number, codec: StructCodec<T>, output: T, exportOne: Export): Outgoing {
  const message = newMessage(output);
  const answer = message.initRoot(RpcRoot).initReturn();
  answer.setAnswerId(answerId);
  // We keep the capabilities that came with the call until the connection ends, so the other side must keep them too.
  answer.setReleaseParamCaps(false);
  return build(codec.name, () => finished(message, fill(message, answer.initResults(), codec, output, exportOne)));
}

/** The answer to a bootstrap question: one capability and nothing else. */
export function bootstrapResult(answerId: number, exportId: number): Uint8Array {
  const message = new Message();
  const answer = message.initRoot(RpcRoot).initReturn();
  answer.setAnswerId(answerId);
  answer.setReleaseParamCaps(false);
  const payload = answer.initResults();
  const content = payload.getContent();
  content.segment.setUint32(content.byteOffset, 3);
  content.segment.setUint32(content.byteOffset + 4, 0);
  payload.initCapTable(1).get(0).setSenderHosted(exportId);
  return finished(message).bytes;
}

/** Answers a call with an error. */
export function exceptionMessage(answerId: number, { reason, type }: WireException): Uint8Array {
  const message = newMessage(reason);
  const answer = message.initRoot(RpcRoot).initReturn();
  answer.setAnswerId(answerId);
  answer.setReleaseParamCaps(false);
  const exception = answer.initException();
  exception.setReason(reason);
  Struct.setUint16(exceptionTypeOffset, type, exception);
  return finished(message).bytes;
}

/** Answers a call that its caller has cancelled. */
export function canceledMessage(answerId: number): Uint8Array {
  const message = new Message();
  const answer = message.initRoot(RpcRoot).initReturn();
  answer.setAnswerId(answerId);
  answer.setReleaseParamCaps(false);
  answer.setCanceled();
  return finished(message).bytes;
}

/** Says that an answer was read, or that the caller stopped waiting for it. */
export function finishMessage(questionId: number, releasesResults: boolean): Uint8Array {
  const message = new Message();
  const finish = message.initRoot(RpcRoot).initFinish();
  finish.setQuestionId(questionId);
  finish.setReleaseResultCaps(releasesResults);
  return finished(message).bytes;
}

/** Returns an embargo to its sender, so that earlier and later calls can't overtake each other. */
export function receiverLoopbackMessage(target: CallTarget, id: number): Uint8Array {
  const message = new Message();
  const disembargo = message.initRoot(RpcRoot).initDisembargo();
  disembargo.getContext().setReceiverLoopback(id);
  if (target.kind === 'export') disembargo.initTarget().setImportedCap(target.id);
  else disembargo.initTarget().initPromisedAnswer().setQuestionId(target.questionId);
  return finished(message).bytes;
}

/** The last message of a connection: the reason why it ends. */
export function abortMessage({ reason, type }: WireException): Uint8Array {
  const message = newMessage(reason);
  const exception = message.initRoot(RpcRoot).initAbort();
  exception.setReason(reason);
  Struct.setUint16(exceptionTypeOffset, type, exception);
  return finished(message).bytes;
}

/** Tells the other side that a message wasn't understood. */
export function unimplementedMessage(): Uint8Array {
  const message = new Message();
  message.initRoot(RpcRoot).initUnimplemented();
  return finished(message).bytes;
}
