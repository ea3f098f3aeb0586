/** One struct as a complete message, as stored in a file: a manifest, a journal's record. */
import { Struct } from 'capnp-ts';
import type { StructCodec } from './codec';
import { ContractError } from './contract-error';
import { defaultReadLimits, MessageView, type ReadLimits } from './message-view';
import { newMessage } from './rpc-writer';
import { defaultFrameLimits, FrameDecoder, type FrameLimits } from './stream-framing';
import { initStruct } from './write-values';

/**
 * A struct as bytes, with the standard's framing. The same value gives the same bytes.
 *
 * @throws TypeError when the value doesn't fit its type
 */
export function encodeMessage<T>(codec: StructCodec<T>, value: T): Uint8Array {
  const message = newMessage(value);
  codec.write(initStruct(new Struct(message.getSegment(0), 0), codec), value);
  return new Uint8Array(message.toArrayBuffer());
}

/** @throws ContractError `invalidMessage` or `frameTooLarge`, also for bytes before or after the message */
export function decodeMessage<T>(
  codec: StructCodec<T>,
  bytes: Uint8Array,
  limits: FrameLimits & ReadLimits = { ...defaultFrameLimits, ...defaultReadLimits },
): T {
  const decoder = new FrameDecoder(limits);
  const [frame, ...others] = decoder.push(bytes);
  if (frame === undefined || others.length > 0 || !decoder.isBetweenFrames) {
    throw new ContractError('invalidMessage', `these bytes aren't exactly one ${codec.name}`);
  }
  return codec.read(new MessageView(frame, limits).root());
}
