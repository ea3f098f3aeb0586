/**
 * The asking half of a connection: every question ends with an answer, its deadline, its signal, or the connection's
 * end.
 */
import { clientOf, type RemoteCapability } from './capabilities';
import type { CallOptions } from './call-options';
import type { InterfaceDescriptor, MethodDescriptor, StructCodec } from './codec';
import { checkSize, type Link, nothingOffered } from './connection-link';
import { type Question, Questions } from './connection-tables';
import { ContractError, fromWireException, toContractError } from './contract-error';
import type { CallTarget, Outcome, RpcMessage } from './rpc-reader';
import * as rpc from './rpc-writer';

type Return = Extract<RpcMessage, { kind: 'return' }>;

/** The longest time that a timer can be set to. */
const maximumTimerMs = 0x7fffffff;

/** A method call on an interface. */
interface Call {
  readonly target: CallTarget;
  readonly interfaceId: bigint;
  /** For messages: `PiHost.uiAction` */
  readonly name: string;
  readonly method: MethodDescriptor;
  readonly input: unknown;
}

/** This side's running calls. */
export class Asking {
  readonly #link: Link;
  readonly #questions = new Questions();

  constructor(link: Link) {
    this.#link = link;
  }

  /** The other side's main object. Calls may be made before it has answered. */
  bootstrap<T>(descriptor: InterfaceDescriptor<T>): T {
    const questionId = this.#questions.reserve();
    let target: CallTarget = { kind: 'answer', questionId, isWhole: true };
    let failure: ContractError | null = null;
    const failed = (error: ContractError): void => void (failure = error);
    const answered = ({ outcome }: Return): void => {
      const entry = outcome.kind === 'results' && outcome.payload.content === null ? outcome.payload.entries[0] : null;
      if (entry?.kind === 'theirs') target = { kind: 'export', id: entry.id };
      else failed(outcome.kind === 'exception' ? fromWireException(outcome.exception) : nothingOffered());
    };
    this.#ask(questionId, { exported: [], settle: { answered, failed } }, rpc.bootstrapMessage(questionId));
    return clientOf(descriptor, {
      call: (...call) => (failure === null ? this.capability(() => target).call(...call) : rejected(failure)),
    });
  }

  /** A capability of the other side; each call looks up where it is. */
  capability(target: () => CallTarget): RemoteCapability {
    return {
      call: (interfaceId, interfaceName, method, input, options) =>
        this.#call({ target: target(), interfaceId, name: `${interfaceName}.${method.name}`, method, input }, options),
    };
  }

  #call(call: Call, options: CallOptions): Promise<unknown> {
    const { name } = call;
    if (this.#link.closedBecause !== null) return rejected(this.#link.closedBecause);
    if (options.signal?.aborted === true) return rejected(new ContractError('cancelled', `${name} was cancelled`));
    const questionId = this.#questions.reserve();
    try {
      const promise = this.#send(questionId, call, this.#write(questionId, call), options);
      promise.catch(() => undefined);
      return promise;
    } catch (thrown) {
      this.#questions.remove(questionId);
      return rejected(toContractError(thrown));
    }
  }

  #write(questionId: number, { target, interfaceId, name, method, input }: Call): rpc.Outgoing {
    const parts = { questionId, target, interfaceId, methodId: method.ordinal, codec: method.input, input };
    const outgoing = rpc.callMessage(parts, (capability) => this.#link.exports.add(capability));
    checkSize(this.#link, name, outgoing);
    return outgoing;
  }

  #send(questionId: number, { name, method }: Call, outgoing: rpc.Outgoing, options: CallOptions): Promise<unknown> {
    const { signal } = options;
    const deadlineMs = options.deadlineMs ?? method.deadlineMs ?? this.#link.options.deadlineMs;
    return new Promise((resolve, reject) => {
      const giveUp = (error: ContractError): void => {
        stop();
        question.settle = null;
        this.#link.send(rpc.finishMessage(questionId, true));
        reject(error);
      };
      const onAbort = (): void => giveUp(new ContractError('cancelled', `${name} was cancelled`));
      const onDeadline = (): void =>
        giveUp(new ContractError('deadlineExceeded', `${name} didn't answer in ${deadlineMs / 1000} s`));
      const timer = deadlineMs > 0 ? setTimeout(onDeadline, Math.min(deadlineMs, maximumTimerMs)) : undefined;
      signal?.addEventListener('abort', onAbort, { once: true });
      const stop = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const answered = ({ outcome }: Return): void => {
        stop();
        try {
          resolve(this.#resultOf(name, outcome, method.output));
        } catch (thrown) {
          reject(toContractError(thrown));
        }
      };
      const failed = (error: ContractError): void => {
        stop();
        reject(error);
      };
      const question: Question = { exported: outgoing.exported, settle: { answered, failed } };
      this.#ask(questionId, question, outgoing.bytes);
    });
  }

  #ask(questionId: number, question: Question, bytes: Uint8Array): void {
    if (this.#link.closedBecause !== null) {
      question.settle?.failed(this.#link.closedBecause);
      return;
    }
    this.#questions.add(questionId, question);
    this.#link.send(bytes);
  }

  #resultOf(name: string, outcome: Outcome, codec: StructCodec<unknown>): unknown {
    if (outcome.kind === 'exception') throw fromWireException(outcome.exception);
    if (outcome.kind === 'canceled') throw new ContractError('cancelled', `${name} was cancelled by the other side`);
    if (outcome.kind === 'other') throw new ContractError('unimplemented', `${name} got an answer of an unknown kind`);
    return this.#link.read(outcome.payload, codec);
  }

  /** @throws ContractError `invalidMessage` */
  onReturn(message: Return): void {
    const question = this.#questions.get(message.answerId);
    if (question === undefined)
      throw new ContractError('invalidMessage', "the other side answered a question that wasn't asked");
    if (message.releasesParameters) for (const id of question.exported) this.#link.exports.release(id);
    const { settle } = question;
    // A cancelled call has already sent its finish message.
    if (settle !== null && message.needsFinish) this.#link.send(rpc.finishMessage(message.answerId, false));
    this.#questions.remove(message.answerId);
    settle?.answered(message);
  }

  /** Ends every question. */
  failAll(why: ContractError): void {
    for (const question of this.#questions.takeAll()) question.settle?.failed(why);
  }
}

/** A rejection that doesn't need a handler. */
function rejected(error: ContractError): Promise<never> {
  const promise = Promise.reject(error);
  promise.catch(() => undefined);
  return promise;
}
