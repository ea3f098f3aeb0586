/**
 * One side of a two-party Cap'n Proto RPC connection (level 1 of the standard's rpc.capnp), with what capnp-ts's own
 * connection leaves to its user: every call ends (by answer, deadline, signal or close), a call after close fails at
 * once, a caller that gives up tells the other side, a bad frame closes the connection and says why, and no promise
 * is left rejected without somebody who looks.
 *
 * Not served: calls to a part of an answer (only to a whole bootstrap answer), third parties, tail calls.
 */
import type { ByteWire } from './byte-wire';
import { clientOf, type LocalCapability, localMethod, type RemoteCapability } from './capabilities';
import type { CallOptions, InterfaceDescriptor, MethodDescriptor, StructCodec } from './codec';
import { type Answer, Exports, type Question, Questions } from './connection-tables';
import { ContractError, fromWireException, toContractError, toWireException } from './contract-error';
import { defaultReadLimits, type ReadLimits } from './message-view';
import { type CallTarget, type Outcome, type Payload, readRpcMessage, type RpcMessage } from './rpc-reader';
import * as rpc from './rpc-writer';
import { defaultFrameLimits, FrameDecoder, type FrameLimits } from './stream-framing';

/** Limits and defaults of a connection. */
export interface ConnectionOptions {
  /** For calls whose method says nothing else; `0` for none, `ms`. Default 30 s */
  readonly deadlineMs?: number;
  /** Calls of the other side that may be under way; more are refused as `overloaded`. Default 256 */
  readonly maximumCallsUnderWay?: number;
  readonly frameLimits?: FrameLimits;
  readonly readLimits?: ReadLimits;
}

type Return = Extract<RpcMessage, { kind: 'return' }>;
type Call = Extract<RpcMessage, { kind: 'call' }>;

/** Longer than any timer can be set. */
const maximumTimerMs = 0x7fffffff;

export class Connection {
  /** Why the connection ended; resolves once and never rejects */
  readonly closed: Promise<ContractError>;
  readonly #wire: ByteWire;
  readonly #main: LocalCapability | null;
  readonly #options: Required<ConnectionOptions>;
  readonly #decoder: FrameDecoder;
  readonly #questions = new Questions();
  readonly #answers = new Map<number, Answer>();
  readonly #exports = new Exports();
  #closedBecause: ContractError | null = null;
  #resolveClosed: (error: ContractError) => void = () => undefined;

  constructor(wire: ByteWire, main: LocalCapability | null, options: ConnectionOptions = {}) {
    this.#wire = wire;
    this.#main = main;
    this.#options = {
      deadlineMs: 30_000,
      maximumCallsUnderWay: 256,
      frameLimits: defaultFrameLimits,
      readLimits: defaultReadLimits,
      ...options,
    };
    this.#decoder = new FrameDecoder(this.#options.frameLimits);
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    wire.onClose((cause) => this.#end(new ContractError('disconnected', cause)));
    wire.onData((bytes) => this.#receive(bytes));
  }

  /** The main object of the other side; calls may be made before it has answered. */
  bootstrap<T>(descriptor: InterfaceDescriptor<T>): T {
    const questionId = this.#questions.reserve();
    let target: CallTarget = { kind: 'answer', questionId, isWhole: true };
    let failure: ContractError | null = null;
    const fail = (error: ContractError): void => void (failure = error);
    const answered = (message: Return): void => {
      const { outcome } = message;
      const entry = outcome.kind === 'results' && outcome.payload.content === null ? outcome.payload.entries[0] : null;
      if (entry?.kind === 'theirs') target = { kind: 'export', id: entry.id };
      else fail(outcome.kind === 'exception' ? fromWireException(outcome.exception) : noMain());
    };
    this.#ask(questionId, { exported: [], settle: { answered, failed: fail } }, rpc.bootstrapMessage(questionId));
    return clientOf(descriptor, {
      call: (...call) => (failure === null ? this.#call(target, ...call) : rejected(failure)),
    });
  }

  /** Ends the connection; every call under way fails with `why`. */
  close(why = new ContractError('disconnected', 'the connection was closed on this side')): void {
    this.#end(why);
  }

  #receive(bytes: Uint8Array): void {
    try {
      for (const frame of this.#decoder.push(bytes)) {
        if (this.#closedBecause !== null) return;
        this.#handle(readRpcMessage(frame, this.#options.readLimits));
      }
    } catch (thrown) {
      const error = toContractError(thrown);
      this.#send(rpc.abortMessage(toWireException(error)));
      this.#end(error);
    }
  }

  #handle(message: RpcMessage): void {
    switch (message.kind) {
      case 'bootstrap':
        return this.#answerBootstrap(message.questionId);
      case 'call':
        return this.#answerCall(message);
      case 'return':
        return this.#settle(message);
      case 'finish':
        return this.#finish(message.questionId, message.releasesResults);
      case 'release':
        return this.#exports.release(message.id, message.count);
      case 'disembargo':
        if (message.context === 0) this.#send(rpc.receiverLoopbackMessage(message.target, message.id));
        return;
      case 'abort':
        return this.#end(fromWireException(message.exception));
      case 'unknown':
        return this.#send(rpc.unimplementedMessage());
      case 'ignored':
        return;
    }
  }

  // Questions: what this side asks.

  #call(
    target: CallTarget,
    interfaceId: bigint,
    interfaceName: string,
    method: MethodDescriptor,
    input: unknown,
    options: CallOptions,
  ): Promise<unknown> {
    const name = `${interfaceName}.${method.name}`;
    if (this.#closedBecause !== null) return rejected(this.#closedBecause);
    if (options.signal?.aborted === true) return rejected(new ContractError('cancelled', `${name} was given up`));
    const questionId = this.#questions.reserve();
    let outgoing: rpc.Outgoing;
    try {
      const codec = method.input;
      const parts = { questionId, target, interfaceId, methodId: method.ordinal, codec, input };
      outgoing = rpc.callMessage(parts, (capability) => this.#exports.add(capability));
      this.#checkSize(name, outgoing);
    } catch (thrown) {
      this.#questions.remove(questionId);
      return rejected(toContractError(thrown));
    }
    const promise = new Promise<unknown>((resolve, reject) => {
      const deadlineMs = options.deadlineMs ?? method.deadlineMs ?? this.#options.deadlineMs;
      const giveUp = (error: ContractError): void => {
        stop();
        question.settle = null;
        this.#send(rpc.finishMessage(questionId, true));
        reject(error);
      };
      const onAbort = (): void => giveUp(new ContractError('cancelled', `${name} was given up`));
      const onDeadline = (): void =>
        giveUp(new ContractError('deadlineExceeded', `${name} did not answer in ${deadlineMs} ms`));
      const timer = deadlineMs > 0 ? setTimeout(onDeadline, Math.min(deadlineMs, maximumTimerMs)) : undefined;
      options.signal?.addEventListener('abort', onAbort, { once: true });
      const stop = (): void => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', onAbort);
      };
      const question: Question = {
        exported: outgoing.exported,
        settle: {
          answered: ({ outcome }) => {
            stop();
            try {
              resolve(this.#resultOf(name, outcome, method.output));
            } catch (thrown) {
              reject(toContractError(thrown));
            }
          },
          failed: (error) => {
            stop();
            reject(error);
          },
        },
      };
      this.#ask(questionId, question, outgoing.bytes);
    });
    promise.catch(() => undefined);
    return promise;
  }

  #ask(questionId: number, question: Question, bytes: Uint8Array): void {
    if (this.#closedBecause !== null) {
      question.settle?.failed(this.#closedBecause);
      return;
    }
    this.#questions.add(questionId, question);
    this.#send(bytes);
  }

  #settle(message: Return): void {
    const question = this.#questions.get(message.answerId);
    if (question === undefined) throw new ContractError('invalidMessage', 'an answer to a question that was not asked');
    if (message.releasesParameters) for (const id of question.exported) this.#exports.release(id);
    const { settle } = question;
    // Who has given up has sent the finish already.
    if (settle !== null && message.needsFinish) this.#send(rpc.finishMessage(message.answerId, false));
    this.#questions.remove(message.answerId);
    settle?.answered(message);
  }

  #resultOf(name: string, outcome: Outcome, codec: StructCodec<unknown>): unknown {
    if (outcome.kind === 'exception') throw fromWireException(outcome.exception);
    if (outcome.kind === 'canceled') throw new ContractError('cancelled', `${name} was cancelled by the other side`);
    if (outcome.kind === 'other') throw new ContractError('unimplemented', `${name} was answered in an unknown way`);
    return this.#read(outcome.payload, codec);
  }

  #read(payload: Payload, codec: StructCodec<unknown>): unknown {
    if (payload.content === null) throw new ContractError('invalidMessage', 'a capability where a struct is needed');
    payload.message.capabilities = payload.entries.map((entry): RemoteCapability | undefined => {
      if (entry.kind === 'theirs') return { call: (...call) => this.#call({ kind: 'export', id: entry.id }, ...call) };
      const own = entry.kind === 'ours' ? this.#exports.get(entry.id) : undefined;
      return own === undefined ? undefined : loopback(own);
    });
    return codec.read(payload.content);
  }

  // Answers: what the other side asks.

  #answerBootstrap(questionId: number): void {
    if (this.#main === null) return this.#send(rpc.exceptionMessage(questionId, toWireException(noMain())));
    const id = this.#exports.add(this.#main);
    this.#newAnswer(questionId, this.#main, [id]).isReturned = true;
    this.#send(rpc.bootstrapResult(questionId, id));
  }

  #newAnswer(id: number, capability: LocalCapability | null, exported: readonly number[]): Answer {
    if (this.#answers.has(id)) throw new ContractError('invalidMessage', 'a question number that is in use');
    const answer = { isFinished: false, isReturned: false, abort: new AbortController(), capability, exported };
    this.#answers.set(id, answer);
    return answer;
  }

  #targetOf(target: CallTarget): LocalCapability {
    const found =
      target.kind === 'export' ? this.#exports.get(target.id) : this.#answers.get(target.questionId)?.capability;
    if (target.kind === 'answer' && (!target.isWhole || found === null)) {
      throw new ContractError('unimplemented', 'calls to a part of an answer are not served: await the answer first');
    }
    if (!found) throw new ContractError('notFound', 'what was called is not here, or has been released');
    return found;
  }

  #answerCall(call: Call): void {
    const answer = this.#newAnswer(call.questionId, null, []);
    const done = (bytes: Uint8Array, exported: readonly number[] = []): void => {
      answer.isReturned = true;
      answer.exported = exported;
      this.#send(bytes);
      if (answer.isFinished) this.#answers.delete(call.questionId);
    };
    const failed = (thrown: unknown): void =>
      done(rpc.exceptionMessage(call.questionId, toWireException(toContractError(thrown))));
    try {
      if (this.#answers.size > this.#options.maximumCallsUnderWay) {
        throw new ContractError('overloaded', `more than ${this.#options.maximumCallsUnderWay} calls are under way`);
      }
      if (!call.isForCaller) throw new ContractError('unimplemented', 'answers go to who asks, nowhere else');
      const method = localMethod(this.#targetOf(call.target), call.interfaceId, call.methodId);
      const input = this.#read(call.payload, method.input);
      method
        .run(input, { signal: answer.abort.signal })
        .then((output) => {
          if (this.#closedBecause !== null) return;
          if (answer.isFinished) return done(rpc.canceledMessage(call.questionId));
          const outgoing = rpc.resultsMessage(call.questionId, method.output, output, (one) => this.#exports.add(one));
          this.#checkSize(method.name, outgoing);
          done(outgoing.bytes, outgoing.exported);
        })
        .catch(failed);
    } catch (thrown) {
      failed(thrown);
    }
  }

  #finish(questionId: number, releasesResults: boolean): void {
    const answer = this.#answers.get(questionId);
    if (answer === undefined) return;
    if (releasesResults) for (const id of answer.exported) this.#exports.release(id);
    answer.isFinished = true;
    if (answer.isReturned) this.#answers.delete(questionId);
    else answer.abort.abort(new ContractError('cancelled', 'the caller does not wait any more'));
  }

  #checkSize(name: string, { bytes, exported }: rpc.Outgoing): void {
    const { maximumFrameBytes } = this.#options.frameLimits;
    if (bytes.byteLength <= maximumFrameBytes) return;
    for (const id of exported) this.#exports.release(id);
    throw new ContractError('frameTooLarge', `${name}: ${bytes.byteLength} bytes, at most ${maximumFrameBytes}`);
  }

  #send(bytes: Uint8Array): void {
    if (this.#closedBecause === null) this.#wire.write(bytes);
  }

  #end(why: ContractError): void {
    if (this.#closedBecause !== null) return;
    this.#closedBecause = why;
    for (const question of this.#questions.takeAll()) question.settle?.failed(why);
    for (const answer of this.#answers.values()) answer.abort.abort(why);
    this.#answers.clear();
    this.#exports.clear();
    this.#wire.close(why.message);
    this.#resolveClosed(why);
  }
}

const noMain = (): ContractError => new ContractError('notFound', 'the other side offers nothing to call');

/** A rejection that nobody needs to look at. */
function rejected(error: ContractError): Promise<never> {
  const promise = Promise.reject(error);
  promise.catch(() => undefined);
  return promise;
}

/** One of our own capabilities that came back to us. */
const loopback = (own: LocalCapability): RemoteCapability => ({
  call: async (interfaceId, _name, method, input, options) =>
    localMethod(own, interfaceId, method.ordinal).run(input, options),
});
