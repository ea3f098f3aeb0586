/**
 * The connection to VTCode: initialises it, opens one session, sends prompts, and handles its requests while it works.
 */
import { ContractError } from '../../../../schema/capnp/contract-error';
import { JsonRpcPeer } from '../json-rpc';
import { readForVtcode } from './client-files';
import * as messages from './messages';
import type { ToolWatch } from './tool-watch';
import type { VtcodeProcess } from './vtcode-process';

export interface Exchanged {
  /** VTCode's word for how it ended */
  readonly stopReason: string;
  /** The model's last text */
  readonly text: string;
}

/** VTCode answers its first requests within a tenth of a second, but may have to be loaded from a slow disk. */
const startDeadlineMs = 60_000;

const clientCapabilities = { fs: { readTextFile: true, writeTextFile: false }, terminal: false };
const greeting = { protocolVersion: 1, clientCapabilities, clientInfo: { name: 'piwork', version: '1' } };

export class AcpPeer {
  readonly #peer: JsonRpcPeer;
  #sessionId = '';
  #answer = '';

  /** @param signal fires when VTCode's requests are no longer wanted */
  constructor(
    process: VtcodeProcess,
    private readonly cwd: string,
    private readonly watch: ToolWatch,
    private readonly signal: AbortSignal,
  ) {
    this.#peer = new JsonRpcPeer(process, {
      request: (method, params) => this.#onRequest(method, params),
      notification: (method, params) => this.#onNotification(method, params),
    });
  }

  /** @throws ContractError when VTCode is gone, refuses, or doesn't answer */
  async open(): Promise<void> {
    messages.initialized.parse(await this.#peer.request('initialize', greeting, startDeadlineMs));
    const wanted = { cwd: this.cwd, mcpServers: [] };
    const made = messages.newSession.parse(await this.#peer.request('session/new', wanted, startDeadlineMs));
    this.#sessionId = made.sessionId;
  }

  /** Not while another prompt runs: VTCode would run both at the same time. @throws ContractError */
  async exchange(prompt: readonly { readonly type: 'text'; readonly text: string }[]): Promise<Exchanged> {
    this.#answer = '';
    const params = { sessionId: this.#sessionId, prompt };
    const { stopReason } = messages.promptEnd.parse(await this.#peer.request('session/prompt', params));
    return { stopReason, text: this.#answer };
  }

  #onRequest(method: string, params: unknown): Promise<unknown> {
    switch (method) {
      case 'session/request_permission':
        return this.watch.permit(params, this.signal);
      case 'fs/read_text_file':
        return readForVtcode(this.cwd, messages.readTextFile.parse(params));
      default:
        return Promise.reject(new ContractError('unimplemented', `This client has no ${method}.`));
    }
  }

  #onNotification(method: string, params: unknown): void {
    // Other kinds of updates are ignored.
    const told = method === 'session/update' ? messages.sessionUpdate.safeParse(params) : null;
    if (!told?.success) return;
    const { update } = told.data;
    switch (update.sessionUpdate) {
      case 'agent_message_chunk':
        this.#answer += update.content.text ?? '';
        break;
      case 'tool_call':
        this.watch.announce(update);
        break;
      case 'tool_call_update':
        this.watch.update(update);
    }
  }
}
