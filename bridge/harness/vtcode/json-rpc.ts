/** JSON-RPC 2.0, one message per line, both ways: the base of the Agent Client Protocol and MCP. */
import { z } from 'zod';
import { ContractError } from '../../../schema/capnp/contract-error';
import { encodeLine, LineDecoder } from '../../../schema/jsonl';

/** The lines of a process: bytes in, text out. */
export interface LineWire {
  write(line: string): void;
  onData(listener: (chunk: Uint8Array) => void): void;
  /** Called once */
  onClose(listener: (why: string) => void): void;
}

export interface Incoming {
  /** The result is what it resolves to; a rejection is answered as an error */
  request(method: string, params: unknown, id: string | number): Promise<unknown>;
  notification(method: string, params: unknown): void;
}

const id = z.union([z.string(), z.number()]);
const message = z.looseObject({
  id: id.nullish(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: ContractError) => void;
}

const methodNotFound = -32_601;
const internalError = -32_603;

export class JsonRpcPeer {
  readonly #pending = new Map<string | number, Pending>();
  readonly #lines = new LineDecoder();
  #lastId = 0;
  #closedBecause: string | null = null;

  constructor(
    private readonly wire: LineWire,
    private readonly incoming: Incoming,
  ) {
    wire.onData((chunk) => this.#receive(chunk));
    wire.onClose((why) => this.close(why));
  }

  /**
   * @param deadlineMs absent when the answer may take any time
   * @throws ContractError `internalError` with the other side's words; `disconnected` when it is gone;
   *   `deadlineExceeded`
   */
  request(method: string, params: object, deadlineMs?: number): Promise<unknown> {
    if (this.#closedBecause !== null) return Promise.reject(gone(this.#closedBecause));
    this.#lastId += 1;
    const own = this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(own, { resolve, reject }));
    this.#send({ id: own, method, params });
    if (deadlineMs === undefined) return answer;
    const timer = setTimeout(() => {
      const late = new ContractError('deadlineExceeded', `${method} wasn't answered within ${deadlineMs / 1000} s.`);
      this.#pending.get(own)?.reject(late);
      this.#pending.delete(own);
    }, deadlineMs);
    return answer.finally(() => clearTimeout(timer));
  }

  notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  /** Pending requests fail with `disconnected`. */
  close(why: string): void {
    if (this.#closedBecause !== null) return;
    this.#closedBecause = why;
    for (const { reject } of this.#pending.values()) reject(gone(why));
    this.#pending.clear();
  }

  #send(body: object): void {
    if (this.#closedBecause === null) this.wire.write(encodeLine({ jsonrpc: '2.0', ...body }));
  }

  #receive(chunk: Uint8Array): void {
    if (this.#closedBecause !== null) return;
    try {
      for (const line of this.#lines.push(chunk)) if (line.trim() !== '') this.#take(message.parse(JSON.parse(line)));
    } catch (error) {
      this.close(`Its output can't be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #take({ id: its, method, params, result, error }: z.output<typeof message>): void {
    if (method === undefined) {
      const pending = its === undefined || its === null ? undefined : this.#pending.get(its);
      if (!pending) return;
      this.#pending.delete(its ?? 0);
      if (error) pending.reject(new ContractError('internalError', error.message));
      else pending.resolve(result);
    } else if (its === undefined || its === null) this.incoming.notification(method, params);
    else void this.#answer(its, method, params);
  }

  async #answer(its: string | number, method: string, params: unknown): Promise<void> {
    try {
      const result = await this.incoming.request(method, params, its);
      this.#send({ id: its, result: result ?? null });
    } catch (thrown) {
      const code = thrown instanceof ContractError && thrown.code === 'unimplemented' ? methodNotFound : internalError;
      this.#send({ id: its, error: { code, message: thrown instanceof Error ? thrown.message : String(thrown) } });
    }
  }
}

const gone = (why: string): ContractError => new ContractError('disconnected', `VTCode has stopped: ${why}`);
