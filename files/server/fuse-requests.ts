/** Decodes the body of each request. Every function throws an `Errno` when the body is too short. */
import type { MessageReader } from './message-reader';
import { requestHeaderBytes } from './fuse-protocol';

export interface RequestHeader {
  readonly opcode: number;
  readonly unique: bigint;
  /** Node of the request; `NaN` for one above 2^53, which matches no node */
  readonly nodeId: number;
  readonly uid: number;
  readonly pid: number;
}

/** @param message at least as long as a header */
export function readHeader(message: Buffer): RequestHeader {
  const high = message.readUInt32LE(20);
  return {
    opcode: message.readUInt32LE(4),
    unique: message.readBigUInt64LE(8),
    nodeId: high > 0x1fffff ? NaN : high * 0x1_0000_0000 + message.readUInt32LE(16),
    uid: message.readUInt32LE(24),
    pid: message.readUInt32LE(32),
  };
}

export const bodyOf = (message: Buffer): Buffer => message.subarray(requestHeaderBytes);

export const readInit = (body: MessageReader) => ({
  major: body.u32(),
  minor: body.u32(),
  maxReadahead: body.u32(),
  flags: body.u32(),
});

export function readGetattr(body: MessageReader): { readonly flags: number; readonly handle: number } {
  const flags = body.u32();
  body.skip(4);
  return { flags, handle: body.number() };
}

export interface SetattrRequest {
  readonly valid: number;
  readonly handle: number;
  readonly size: bigint;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export function readSetattr(body: MessageReader): SetattrRequest {
  const valid = body.u32();
  body.skip(4);
  const handle = body.number();
  const size = body.u64();
  body.skip(8);
  const [atime, mtime] = [BigInt.asIntN(64, body.u64()), BigInt.asIntN(64, body.u64())];
  body.skip(8);
  const [atimeNs, mtimeNs] = [body.u32(), body.u32()];
  body.skip(4);
  const mode = body.u32();
  body.skip(4);
  return {
    valid,
    handle,
    size,
    atimeNs: atime * 1_000_000_000n + BigInt(atimeNs),
    mtimeNs: mtime * 1_000_000_000n + BigInt(mtimeNs),
    mode,
    uid: body.u32(),
    gid: body.u32(),
  };
}

export function readCreate(body: MessageReader) {
  const [flags, mode] = [body.u32(), body.u32()];
  body.skip(8);
  return { flags, mode, name: body.name() };
}

export function readMknod(body: MessageReader) {
  const mode = body.u32();
  body.skip(12);
  return { mode, name: body.name() };
}

export function readMkdir(body: MessageReader) {
  const mode = body.u32();
  body.skip(4);
  return { mode, name: body.name() };
}

export const readSymlink = (body: MessageReader) => ({ name: body.name(), target: body.text() });

export const readLink = (body: MessageReader) => ({ existing: body.number(), name: body.name() });

export const readRename = (body: MessageReader) => ({
  toParent: body.number(),
  flags: 0,
  fromName: body.name(),
  toName: body.name(),
});

export function readRename2(body: MessageReader) {
  const [toParent, flags] = [body.number(), body.u32()];
  body.skip(4);
  return { toParent, flags, fromName: body.name(), toName: body.name() };
}

/** For READ, READDIR and READDIRPLUS */
export const readRead = (body: MessageReader) => ({
  handle: body.number(),
  offset: body.number(),
  size: body.u32(),
});

export function readWrite(body: MessageReader) {
  const [handle, offset, size] = [body.number(), body.number(), body.u32()];
  body.skip(20);
  return { handle, offset, bytes: body.bytes(size) };
}

export const readLseek = (body: MessageReader) => ({
  handle: body.number(),
  offset: body.number(),
  whence: body.u32(),
});

export const readFallocate = (body: MessageReader) => ({
  handle: body.number(),
  offset: body.number(),
  length: body.number(),
  mode: body.u32(),
});

export function readCopyRange(body: MessageReader) {
  const from = { handle: body.number(), offset: body.number() };
  body.skip(8);
  const to = { handle: body.number(), offset: body.number() };
  return { from, to, length: Number(body.u64()), flags: Number(body.u64()) };
}

export function readBatchForget(body: MessageReader): readonly { readonly nodeId: number; readonly count: bigint }[] {
  const count = body.u32();
  body.skip(4);
  const forgotten: { nodeId: number; count: bigint }[] = [];
  for (let index = 0; index < count; index += 1) forgotten.push({ nodeId: body.number(), count: body.u64() });
  return forgotten;
}
