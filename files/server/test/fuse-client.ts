/** A kernel for tests: sends FUSE requests and reads the answers. */
import type { Duplex } from 'node:stream';
import { bytesFromName, nameFromBytes } from '../../../node/name-bytes';
import type { FileServer } from '../file-server';
import { opcode, openFlag, requestHeaderBytes, rootNodeId } from '../fuse-protocol';
import { duplexPair } from './duplex-pair';

export interface Answer {
  /** A Linux error number, 0 for none */
  readonly error: number;
  readonly body: Buffer;
}

export interface FoundEntry {
  readonly nodeId: bigint;
  readonly mode: number;
  readonly size: number;
}

export const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value >>> 0, index * 4));
  return bytes;
};
export const u64 = (...values: readonly (number | bigint)[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), index * 8));
  return bytes;
};
/** With its end; a name that isn't UTF-8 as bytes */
export const text = (value: string): Buffer =>
  Buffer.concat([bytesFromName(value) ?? Buffer.from(value), Buffer.alloc(1)]);
export const join = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts);

export const readEntry = (body: Buffer): FoundEntry => ({
  nodeId: body.readBigUInt64LE(0),
  size: Number(body.readBigUInt64LE(48)),
  mode: body.readUInt32LE(100),
});

/** The error of a request that failed. */
class FuseError extends Error {
  constructor(readonly errno: number) {
    super(`errno ${errno}`);
  }
}

export class FuseClient {
  readonly stream: Duplex;
  /** Codes and bodies of notifications */
  readonly notifications: { readonly code: number; readonly body: Buffer }[] = [];
  /** Requests by number, in the order of their answers */
  readonly answered: bigint[] = [];
  isEnded = false;
  readonly #waiting = new Map<bigint, (answer: Answer | null) => void>();
  #unread = Buffer.alloc(0);
  #unique = 2n;

  constructor(server: FileServer) {
    const [near, far] = duplexPair();
    this.stream = near;
    near.on('data', (chunk: Buffer) => this.#receive(chunk));
    near.on('end', () => this.#end());
    server.serve(far);
  }

  static async mounted(server: FileServer): Promise<FuseClient> {
    const client = new FuseClient(server);
    await client.ask(opcode.init, 0, join(u32(7, 41, 131_072, 0xffff_ffff), Buffer.alloc(48)));
    return client;
  }

  /** The number of the request, and its answer; `null` when the stream ended first. */
  send(code: number, nodeId: number | bigint, body: Uint8Array, caller = { uid: 1000, pid: 7 }) {
    const unique = this.#unique;
    this.#unique += 2n;
    const header = Buffer.alloc(requestHeaderBytes);
    header.writeUInt32LE(requestHeaderBytes + body.length, 0);
    header.writeUInt32LE(code, 4);
    header.writeBigUInt64LE(unique, 8);
    header.writeBigUInt64LE(BigInt(nodeId), 16);
    header.writeUInt32LE(caller.uid, 24);
    header.writeUInt32LE(caller.pid, 32);
    const answer = new Promise<Answer | null>((resolve) => {
      if (this.isEnded) resolve(null);
      else this.#waiting.set(unique, resolve);
    });
    this.stream.write(Buffer.concat([header, body]));
    return { unique, answer };
  }

  /** Returns the body of the answer. @throws FuseError */
  async ask(code: number, nodeId: number | bigint, body: Uint8Array = Buffer.alloc(0)): Promise<Buffer> {
    const answer = await this.send(code, nodeId, body).answer;
    if (!answer) throw new Error('The stream ended.');
    if (answer.error !== 0) throw new FuseError(answer.error);
    return answer.body;
  }

  async lookup(parent: number | bigint, name: string): Promise<FoundEntry> {
    return readEntry(await this.ask(opcode.lookup, parent, text(name)));
  }

  async walk(...names: readonly string[]): Promise<FoundEntry> {
    let found: FoundEntry = { nodeId: BigInt(rootNodeId), mode: 0, size: 0 };
    for (const name of names) found = await this.lookup(found.nodeId, name);
    return found;
  }

  async open(nodeId: number | bigint, flags: number): Promise<{ readonly handle: bigint; readonly flags: number }> {
    const body = await this.ask(opcode.open, nodeId, u32(flags, 0));
    return { handle: body.readBigUInt64LE(0), flags: body.readUInt32LE(8) };
  }

  async create(parent: number | bigint, name: string, mode = 0o644) {
    const body = await this.ask(opcode.create, parent, join(u32(0o2 | openFlag.exclusive, mode, 0, 0), text(name)));
    return { ...readEntry(body), handle: body.readBigUInt64LE(128) };
  }

  read(handle: bigint, offset: number, size: number): Promise<Buffer> {
    return this.ask(opcode.read, 0, join(u64(handle, offset), u32(size, 0), u64(0), u32(0, 0)));
  }

  write(handle: bigint, offset: number, bytes: string) {
    const size = Buffer.byteLength(bytes);
    return this.send(opcode.write, 0, join(u64(handle, offset), u32(size, 0), u64(0), u32(0, 0), Buffer.from(bytes)));
  }

  release(handle: bigint): Promise<Buffer> {
    return this.ask(opcode.release, 0, join(u64(handle), u32(0, 0), u64(0)));
  }

  async getattr(nodeId: number | bigint) {
    const body = await this.ask(opcode.getattr, nodeId, join(u32(0, 0), u64(0)));
    return { size: Number(body.readBigUInt64LE(24)), mode: body.readUInt32LE(76) };
  }

  setattr(nodeId: number | bigint, valid: number, { size = 0, mode = 0, uid = 0, mtime = 0 } = {}) {
    const body = join(u32(valid, 0), u64(0, size, 0, 0, mtime, 0), u32(0, 0, 0, mode, 0, uid, 0, 0));
    return this.send(opcode.setattr, nodeId, body);
  }

  async readdir(nodeId: number | bigint, offset = 0, size = 4096) {
    const body = await this.ask(opcode.readdir, nodeId, join(u64(0, offset), u32(size, 0), u64(0), u32(0, 0)));
    const entries: { readonly name: string; readonly offset: number }[] = [];
    for (let at = 0; at < body.length;) {
      const length = body.readUInt32LE(at + 16);
      const name = body.subarray(at + 24, at + 24 + length);
      entries.push({ name: nameFromBytes(name), offset: Number(body.readBigUInt64LE(at + 8)) });
      at += Math.ceil((24 + length) / 8) * 8;
    }
    return entries;
  }

  interrupt(unique: bigint): void {
    this.send(opcode.interrupt, 0, u64(unique));
  }

  forget(nodeId: bigint, count: number): void {
    this.send(opcode.forget, nodeId, u64(count));
  }

  #receive(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    while (this.#unread.length >= 16) {
      const length = this.#unread.readUInt32LE(0);
      if (this.#unread.length < length) return;
      this.#take(this.#unread.subarray(0, length));
      this.#unread = this.#unread.subarray(length);
    }
  }

  #take(message: Buffer): void {
    const code = message.readInt32LE(4);
    const unique = message.readBigUInt64LE(8);
    const body = message.subarray(16);
    if (unique === 0n) {
      this.notifications.push({ code, body });
      return;
    }
    this.answered.push(unique);
    this.#waiting.get(unique)?.({ error: 0 - code, body });
    this.#waiting.delete(unique);
  }

  #end(): void {
    this.isEnded = true;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}
