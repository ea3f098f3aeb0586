/**
 * One side of a two-party Cap'n Proto RPC connection (level 1 of the standard's rpc.capnp). It adds what capnp-ts's own
 * connection leaves to its user: every call ends (by answer, deadline, signal or close), a call after close fails
 * immediately, a caller that cancels notifies the other side, a bad frame closes the connection with a reason, and no
 * rejected promise stays unhandled.
 *
 * Not served: calls to a part of an answer (only to a whole bootstrap answer), third parties, tail calls.
 */
import { Answering } from './answering';
import { Asking } from './asking';
import type { ByteWire } from './byte-wire';
import { type LocalCapability, localMethod, type RemoteCapability } from './capabilities';
import type { InterfaceDescriptor, StructCodec } from './codec';
import { type ConnectionOptions, defaultConnectionOptions, type Link } from './connection-link';
import { Exports } from './connection-tables';
import { ContractError, fromWireException, toContractError, toWireException } from './contract-error';
import { Outbox } from './outbox';
import { type CapabilityEntry, type Payload, readRpcMessage, type RpcMessage } from './rpc-reader';
import * as rpc from './rpc-writer';
import { FrameDecoder } from './stream-framing';

/** A connection over a wire, from its first byte to its end. */
export class Connection implements Link {
  /** Why the connection ended; resolves once and never rejects */
  readonly closed: Promise<ContractError>;
  readonly options: Required<ConnectionOptions>;
  readonly exports = new Exports();
  closedBecause: ContractError | null = null;
  readonly #wire: ByteWire;
  readonly #outbox: Outbox;
  readonly #decoder: FrameDecoder;
  readonly #asking = new Asking(this);
  readonly #answering: Answering;
  #resolveClosed: (error: ContractError) => void = () => undefined;

  /** @param main what the other side gets when it asks for the main object */
  constructor(wire: ByteWire, main: LocalCapability | null, options: ConnectionOptions = {}) {
    this.options = { ...defaultConnectionOptions, ...options };
    this.#wire = wire;
    this.#outbox = new Outbox(wire);
    this.#answering = new Answering(this, main);
    this.#decoder = new FrameDecoder(this.options.frameLimits);
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    wire.onClose((cause) => this.#end(new ContractError('disconnected', cause)));
    wire.onData((bytes) => this.#receive(bytes));
  }

  /** The other side's main object. Calls may be made before it has answered. */
  bootstrap<T>(descriptor: InterfaceDescriptor<T>): T {
    return this.#asking.bootstrap(descriptor);
  }

  /** Ends the connection. Every running call fails with `why`. */
  close(why = new ContractError('disconnected', 'the connection was closed on this side')): void {
    this.#end(why);
  }

  send(bytes: Uint8Array): void {
    if (this.closedBecause === null) this.#outbox.add(bytes);
  }

  read(payload: Payload, codec: StructCodec<unknown>): unknown {
    if (payload.content === null) throw new ContractError('invalidMessage', 'expected a struct, found a capability');
    payload.message.capabilities = payload.entries.map((entry) => this.#capability(entry));
    return codec.read(payload.content);
  }

  #capability(entry: CapabilityEntry): RemoteCapability | undefined {
    if (entry.kind === 'theirs') return this.#asking.capability(() => ({ kind: 'export', id: entry.id }));
    const own = entry.kind === 'ours' ? this.exports.get(entry.id) : undefined;
    return own === undefined ? undefined : loopback(own);
  }

  #receive(bytes: Uint8Array): void {
    try {
      for (const frame of this.#decoder.push(bytes)) {
        if (this.closedBecause !== null) return;
        this.#handle(readRpcMessage(frame, this.options.readLimits));
      }
    } catch (thrown) {
      const error = toContractError(thrown);
      this.send(rpc.abortMessage(toWireException(error)));
      this.#end(error);
    }
  }

  #handle(message: RpcMessage): void {
    switch (message.kind) {
      case 'bootstrap':
        return this.#answering.onBootstrap(message.questionId);
      case 'call':
        return this.#answering.onCall(message);
      case 'return':
        return this.#asking.onReturn(message);
      case 'finish':
        return this.#answering.onFinish(message.questionId, message.releasesResults);
      case 'release':
        return this.exports.release(message.id, message.count);
      case 'disembargo':
        if (message.context === 0) this.send(rpc.receiverLoopbackMessage(message.target, message.id));
        return;
      case 'abort':
        return this.#end(fromWireException(message.exception));
      case 'unknown':
        return this.send(rpc.unimplementedMessage());
      case 'ignored':
        return;
    }
  }

  #end(why: ContractError): void {
    if (this.closedBecause !== null) return;
    this.#outbox.flush();
    this.closedBecause = why;
    this.#asking.failAll(why);
    this.#answering.abortAll(why);
    this.exports.clear();
    this.#wire.close(why.message);
    this.#resolveClosed(why);
  }
}

/** Our own capability that came back to us. */
const loopback = (own: LocalCapability): RemoteCapability => ({
  call: async (interfaceId, _name, method, input, options) =>
    localMethod(own, interfaceId, method.ordinal).run(input, options),
});
