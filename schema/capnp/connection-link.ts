/** What the asking and answering halves of a connection share. */
import type { StructCodec } from './codec';
import type { Exports } from './connection-tables';
import { ContractError } from './contract-error';
import { defaultReadLimits, type ReadLimits } from './message-view';
import type { Payload } from './rpc-reader';
import type { Outgoing } from './rpc-writer';
import { defaultFrameLimits, type FrameLimits } from './stream-framing';

/** Limits and defaults of a connection. */
export interface ConnectionOptions {
  /** For calls whose method has none; `0` for none, `ms`. Default 30 s */
  readonly deadlineMs?: number;
  /** How many calls of the other side may run; more are refused as `overloaded`. Default 256 */
  readonly maximumCallsUnderWay?: number;
  readonly frameLimits?: FrameLimits;
  readonly readLimits?: ReadLimits;
}

/** The defaults. */
export const defaultConnectionOptions: Required<ConnectionOptions> = {
  deadlineMs: 30_000,
  maximumCallsUnderWay: 256,
  frameLimits: defaultFrameLimits,
  readLimits: defaultReadLimits,
};

/** The connection, as its halves see it. */
export interface Link {
  readonly options: Required<ConnectionOptions>;
  readonly exports: Exports;
  /** Why the connection has ended, or null */
  readonly closedBecause: ContractError | null;
  /** Queues a message; drops it after the end. Never throws */
  send(bytes: Uint8Array): void;
  /** @throws ContractError `invalidMessage` */
  read(payload: Payload, codec: StructCodec<unknown>): unknown;
}

/** @throws ContractError `frameTooLarge`; the message's exports are then released */
export function checkSize(link: Link, name: string, { bytes, exported }: Outgoing): void {
  const { maximumFrameBytes } = link.options.frameLimits;
  if (bytes.byteLength <= maximumFrameBytes) return;
  for (const id of exported) link.exports.release(id);
  throw new ContractError('frameTooLarge', `${name}: ${bytes.byteLength} bytes, at most ${maximumFrameBytes}`);
}

/** The error when one side has no main object. */
export const nothingOffered = (): ContractError =>
  new ContractError('notFound', 'the other side offers no object to call');
