/** Encodes replies and notifications, including their headers. */
import { encodeName } from '../confined/names';
import type { FreeSpace } from '../folder/folder-files';
import { capability, fuseVersion, maxPages, maxWriteBytes, notification, replyHeaderBytes } from './fuse-protocol';

const attributeBytes = 88;
export const entryBytes = 40 + attributeBytes;

/** A file as it is reported to the kernel */
export interface Attributes {
  readonly ino: bigint;
  readonly size: number;
  readonly blocks: number;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Includes the type bits */
  readonly mode: number;
  readonly links: number;
  readonly uid: number;
  readonly gid: number;
}

export interface Entry {
  readonly nodeId: number;
  readonly generation: number;
  /** How long the kernel may cache the name and the attributes */
  readonly entrySeconds: number;
  readonly attributeSeconds: number;
  readonly attributes: Attributes;
}

/** The header of a reply whose body follows. @param error a Linux error number, 0 for none */
export function replyHeader(unique: bigint, error: number, bodyBytes: number): Buffer {
  const header = Buffer.allocUnsafe(replyHeaderBytes);
  header.writeUInt32LE(replyHeaderBytes + bodyBytes, 0);
  header.writeInt32LE(-error, 4);
  header.writeBigUInt64LE(unique, 8);
  return header;
}

const billion = 1_000_000_000n;

function writeTime(target: Buffer, ns: bigint, secondsAt: number, nanosecondsAt: number): void {
  const rest = ((ns % billion) + billion) % billion;
  target.writeBigInt64LE((ns - rest) / billion, secondsAt);
  target.writeUInt32LE(Number(rest), nanosecondsAt);
}

function writeNumber(target: Buffer, value: number, at: number): void {
  target.writeUInt32LE(value % 0x1_0000_0000, at);
  target.writeUInt32LE(Math.floor(value / 0x1_0000_0000), at + 4);
}

function writeAttributes(target: Buffer, at: number, attributes: Attributes): void {
  target.writeBigUInt64LE(attributes.ino, at);
  writeNumber(target, attributes.size, at + 8);
  writeNumber(target, attributes.blocks, at + 16);
  writeTime(target, attributes.atimeNs, at + 24, at + 48);
  writeTime(target, attributes.mtimeNs, at + 32, at + 52);
  writeTime(target, attributes.ctimeNs, at + 40, at + 56);
  target.writeUInt32LE(attributes.mode, at + 60);
  target.writeUInt32LE(attributes.links, at + 64);
  target.writeUInt32LE(attributes.uid, at + 68);
  target.writeUInt32LE(attributes.gid, at + 72);
  target.writeUInt32LE(4096, at + 80);
}

/** Whole seconds and nanoseconds are separate fields. */
function writeDuration(target: Buffer, seconds: number, secondsAt: number, nanosecondsAt: number): void {
  writeNumber(target, Math.floor(seconds), secondsAt);
  target.writeUInt32LE(Math.floor((seconds % 1) * 1e9), nanosecondsAt);
}

export function writeEntry(target: Buffer, at: number, entry: Entry): void {
  writeNumber(target, entry.nodeId, at);
  writeNumber(target, entry.generation, at + 8);
  writeDuration(target, entry.entrySeconds, at + 16, at + 32);
  writeDuration(target, entry.attributeSeconds, at + 24, at + 36);
  writeAttributes(target, at + 40, entry.attributes);
}

export function entryBody(entry: Entry): Buffer {
  const body = Buffer.alloc(entryBytes);
  writeEntry(body, 0, entry);
  return body;
}

export function attributesBody(attributes: Attributes, seconds: number): Buffer {
  const body = Buffer.alloc(16 + attributeBytes);
  writeDuration(body, seconds, 0, 8);
  writeAttributes(body, 16, attributes);
  return body;
}

/** @param flags of `openReply` */
export function openBody(handle: number, flags: number): Buffer {
  const body = Buffer.alloc(16);
  writeNumber(body, handle, 0);
  body.writeUInt32LE(flags, 8);
  return body;
}

export function writeBody(size: number): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt32LE(size, 0);
  return body;
}

export function offsetBody(offset: number): Buffer {
  const body = Buffer.alloc(8);
  writeNumber(body, offset, 0);
  return body;
}

const wanted =
  capability.asyncRead |
  capability.atomicTruncate |
  capability.bigWrites |
  capability.autoInvalidate |
  capability.readdirPlus |
  capability.readdirPlusAuto |
  capability.asyncDirect |
  capability.writebackCache |
  capability.parallelDirectories |
  capability.maxPages |
  capability.cacheSymlinks |
  capability.noOpendir;

/** @param timeUnitNs the finest time that the host can set: the kernel cuts its own times to it */
export function initBody(flags: number, maxReadahead: number, timeUnitNs: number): Buffer {
  const body = Buffer.alloc(64);
  body.writeUInt32LE(fuseVersion.major, 0);
  body.writeUInt32LE(fuseVersion.minor, 4);
  body.writeUInt32LE(maxReadahead, 8);
  body.writeUInt32LE((flags & wanted) >>> 0, 12);
  body.writeUInt16LE(64, 16);
  body.writeUInt16LE(48, 18);
  body.writeUInt32LE(maxWriteBytes, 20);
  body.writeUInt32LE(timeUnitNs, 24);
  body.writeUInt16LE(maxPages, 28);
  return body;
}

export function spaceBody(space: FreeSpace): Buffer {
  const body = Buffer.alloc(80);
  writeNumber(body, space.blocks, 0);
  writeNumber(body, space.freeBlocks, 8);
  writeNumber(body, space.freeBlocks, 16);
  writeNumber(body, space.files, 24);
  writeNumber(body, space.freeFiles, 32);
  body.writeUInt32LE(space.blockSize, 40);
  body.writeUInt32LE(255, 44);
  body.writeUInt32LE(space.blockSize, 48);
  return body;
}

function notificationMessage(code: number, body: Uint8Array): Buffer {
  return Buffer.concat([replyHeader(0n, -code, body.length), body]);
}

/** Makes the kernel ask again for a node's attributes and content. */
export function invalidateInodeMessage(nodeId: number): Buffer {
  // From offset 0 to the end, which is written as length 0.
  const body = Buffer.alloc(24);
  writeNumber(body, nodeId, 0);
  return notificationMessage(notification.invalidateInode, body);
}

/** Makes the kernel look the name up again. */
export function invalidateEntryMessage(parentId: number, name: string): Buffer {
  const bytes = encodeName(name);
  const body = Buffer.alloc(16 + bytes.length + 1);
  writeNumber(body, parentId, 0);
  body.writeUInt32LE(bytes.length, 8);
  body.set(bytes, 16);
  return notificationMessage(notification.invalidateEntry, body);
}
