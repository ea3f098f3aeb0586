/** Main's connection to the guest's taskd, over the port that the VM worker passes on for each guest. */
import { clientOver } from '../../schema/contract-client';
import { RpcError } from '../../schema/errors';
import type { CallOptions, Client, ContractEvent } from '../../schema/rpc';
import { connect, type Connection } from '../../schema/rpc-client';
import { taskdApi, type TaskdApi } from '../../schema/taskd-api';
import { Listeners } from '../../schema/transport';
import { messagePortTransport, type ChannelPort } from '../../schema/transports/message-port';
import { whileAnswering } from '../../schema/while-answering';

/** The guest knows how long its own work may take, so a call waits while the guest answers something else. */
const lookEveryMs = 30_000;
/** A guest that is silent for this long is stuck */
const silenceMs = 120_000;

type Call = (params: unknown, options?: CallOptions) => Promise<unknown>;

export class TaskdLink {
  readonly events = new Listeners<ContractEvent<TaskdApi>>();
  /** Calls reach the current guest; without one they are rejected with `VM_FAILED` */
  readonly client: Client<TaskdApi>;
  #current: Connection<TaskdApi> | null = null;
  #malformed = 0;

  constructor(private readonly log: (line: string) => void) {
    this.client = clientOver(taskdApi, (name, params, options = {}) => this.#call(name, params, options));
  }

  /** Number of guest messages that couldn't be read and were dropped */
  get malformed(): number {
    return this.#malformed;
  }

  async #call(name: string, params: unknown, options: CallOptions): Promise<unknown> {
    const taskd = this.#current;
    if (!taskd) throw new RpcError('VM_FAILED', "The workspace isn't running.");
    const call = taskd.client[name as keyof Client<TaskdApi>] as Call;
    if (options.timeoutMs !== undefined || options.signal) return call(params, options);
    const look = (): Promise<unknown> => taskd.client.runtime_get_state({}, { timeoutMs: silenceMs });
    return whileAnswering((signal) => call(params, { timeoutMs: null, signal }), { everyMs: lookEveryMs, look });
  }

  /** Speaks `taskd-api` over this port until one side closes it or another port replaces it. */
  open(port: ChannelPort): void {
    this.close();
    const taskd = connect(
      taskdApi,
      messagePortTransport(port, () => port.close()),
      { onMalformed: (what) => this.#countMalformed(what) },
    );
    this.#current = taskd;
    taskd.onEvent((event) => this.events.emit(event));
    taskd.onClose((reason) => {
      if (this.#current !== taskd) return;
      this.#current = null;
      this.log(`the connection to taskd was lost: ${reason}`);
    });
  }

  #countMalformed(what: string): void {
    this.#malformed += 1;
    this.log(`dropped ${what} from the guest that couldn't be read (${this.#malformed} so far)`);
  }

  /** Rejects every call that still waits. */
  close(): void {
    const taskd = this.#current;
    this.#current = null;
    taskd?.dispose();
  }
}
