/** The answering half of a connection: every call gets exactly one return, whatever its handler does. */
import { type LocalCapability, localMethod } from './capabilities';
import { checkSize, type Link, nothingOffered } from './connection-link';
import type { Answer } from './connection-tables';
import { ContractError, toContractError, toWireException } from './contract-error';
import type { CallTarget, RpcMessage } from './rpc-reader';
import * as rpc from './rpc-writer';

type Call = Extract<RpcMessage, { kind: 'call' }>;

/** The other side's running calls. */
export class Answering {
  readonly #link: Link;
  readonly #main: LocalCapability | null;
  readonly #answers = new Map<number, Answer>();

  constructor(link: Link, main: LocalCapability | null) {
    this.#link = link;
    this.#main = main;
  }

  /** @throws ContractError `invalidMessage` */
  onBootstrap(questionId: number): void {
    if (this.#main === null) {
      this.#newAnswer(questionId, null, []).isReturned = true;
      this.#link.send(rpc.exceptionMessage(questionId, toWireException(nothingOffered())));
      return;
    }
    const id = this.#link.exports.add(this.#main);
    this.#newAnswer(questionId, this.#main, [id]).isReturned = true;
    this.#link.send(rpc.bootstrapResult(questionId, id));
  }

  #newAnswer(id: number, capability: LocalCapability | null, exported: readonly number[]): Answer {
    if (this.#answers.has(id))
      throw new ContractError('invalidMessage', 'the other side used the number of an open question again');
    const answer = { isFinished: false, isReturned: false, abort: new AbortController(), capability, exported };
    this.#answers.set(id, answer);
    return answer;
  }

  #targetOf(target: CallTarget): LocalCapability {
    if (target.kind === 'export') {
      const found = this.#link.exports.get(target.id);
      if (found !== undefined) return found;
      throw new ContractError('notFound', "the called object doesn't exist, or was released");
    }
    const answer = this.#answers.get(target.questionId);
    if (answer?.capability && target.isWhole) return answer.capability;
    if (this.#main === null || answer === undefined) throw nothingOffered();
    throw new ContractError(
      'unimplemented',
      "calls on an answer that hasn't arrived aren't supported: await the answer first",
    );
  }

  /** @throws ContractError `invalidMessage` when the call's number is in use */
  onCall(call: Call): void {
    const { questionId } = call;
    const answer = this.#newAnswer(questionId, null, []);
    const done = (bytes: Uint8Array, exported: readonly number[] = []): void => {
      answer.isReturned = true;
      answer.exported = exported;
      this.#link.send(bytes);
      if (answer.isFinished) this.#answers.delete(questionId);
    };
    this.#run(call, answer).then(
      (outgoing) => done(outgoing.bytes, outgoing.exported),
      (thrown: unknown) => done(rpc.exceptionMessage(questionId, toWireException(toContractError(thrown)))),
    );
  }

  /** Synchronous until the handler is called, so that calls start in the order in which they came. */
  #run(call: Call, answer: Answer): Promise<rpc.Outgoing> {
    try {
      const { maximumCallsUnderWay } = this.#link.options;
      if (this.#answers.size > maximumCallsUnderWay) {
        throw new ContractError('overloaded', `more than ${maximumCallsUnderWay} calls are running`);
      }
      if (!call.isForCaller) throw new ContractError('unimplemented', 'an answer can only be sent to the caller');
      const method = localMethod(this.#targetOf(call.target), call.interfaceId, call.methodId);
      const input = this.#link.read(call.payload, method.input);
      return method.run(input, { signal: answer.abort.signal }).then((output) => {
        if (answer.isFinished) return { bytes: rpc.canceledMessage(call.questionId), exported: [] };
        const add = (one: LocalCapability): number => this.#link.exports.add(one);
        const outgoing = rpc.resultsMessage(call.questionId, method.output, output, add);
        checkSize(this.#link, method.name, outgoing);
        return outgoing;
      });
    } catch (thrown) {
      return Promise.reject(toContractError(thrown));
    }
  }

  onFinish(questionId: number, releasesResults: boolean): void {
    const answer = this.#answers.get(questionId);
    if (answer === undefined) return;
    if (releasesResults) for (const id of answer.exported) this.#link.exports.release(id);
    answer.isFinished = true;
    if (answer.isReturned) this.#answers.delete(questionId);
    else answer.abort.abort(new ContractError('cancelled', 'the caller stopped waiting'));
  }

  /** Tells every handler that its caller stopped waiting. */
  abortAll(why: ContractError): void {
    for (const answer of this.#answers.values()) answer.abort.abort(why);
    this.#answers.clear();
  }
}
