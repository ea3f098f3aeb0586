/** VTCode over ACP as recorded, without a model: each prompt plays a script of steps. */
import type { VtcodeProcess } from '../vtcode-process';

export interface ScriptedCall {
  readonly id: string;
  readonly kind?: string;
  readonly title?: string;
  readonly input: object;
  /** What VTCode reports when the call was allowed */
  readonly output?: string;
  /** Runs without asking for permission */
  readonly unasked?: boolean;
}

export type Step = ScriptedCall | { readonly text: string } | { readonly hang: true };

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly prompt?: readonly { readonly text: string }[] };
  readonly result?: { readonly outcome?: { readonly optionId?: string } };
}

const options = ['allow_once', 'allow_always', 'reject_once', 'reject_always'].map((kind) => ({
  ...{ kind, name: kind },
  optionId: kind.replace('_', '-'),
}));

export class FakeVtcode implements VtcodeProcess {
  readonly prompts: string[][] = [];
  readonly answers: (string | undefined)[] = [];
  readonly exited: Promise<string>;
  kills = 0;
  /** Maximum simultaneous prompts */
  overlap = 0;
  #under = 0;
  #exit: (how: string) => void = () => undefined;
  #listener: (chunk: Uint8Array) => void = () => undefined;
  readonly #waiting = new Map<string, (optionId: string | undefined) => void>();

  constructor(private readonly scripts: readonly (readonly Step[])[]) {
    this.exited = new Promise((resolve) => {
      this.#exit = resolve;
    });
  }

  write(line: string): void {
    void this.#take(JSON.parse(line) as Message);
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#listener = listener;
  }

  onClose(listener: (why: string) => void): void {
    void this.exited.then(listener);
  }

  kill(): void {
    this.kills += 1;
    this.#exit('SIGKILL');
  }

  async #take({ id, method, params, result }: Message): Promise<void> {
    if (method === undefined) this.#waiting.get(String(id))?.(result?.outcome?.optionId);
    else if (method === 'initialize') this.#say({ id, result: { protocolVersion: 1 } });
    else if (method === 'session/new') this.#say({ id, result: { sessionId: 'vtcode-zed-session-0' } });
    else if (method === 'session/prompt') {
      this.overlap = Math.max(this.overlap, (this.#under += 1));
      this.prompts.push((params?.prompt ?? []).map(({ text }) => text));
      for (const step of this.scripts[this.prompts.length - 1] ?? []) {
        if ('hang' in step) return;
        await this.#play(step);
      }
      this.#under -= 1;
      this.#say({ id, result: { stopReason: 'end_turn' } });
    }
  }

  async #play(step: Exclude<Step, { hang: true }>): Promise<void> {
    if ('text' in step) {
      return this.#update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: step.text } });
    }
    const { id: toolCallId, kind = 'execute', title = 'Run command', input: rawInput, output = '' } = step;
    const call = { toolCallId, title, kind, rawInput };
    this.#update({ sessionUpdate: 'tool_call', ...call });
    const optionId = step.unasked ? 'allow-once' : await this.#permission({ ...call, status: 'pending' });
    const ended = { sessionUpdate: 'tool_call_update', toolCallId };
    if (optionId !== 'allow-once') {
      const message = 'Tool execution cancelled: permission denied by the user';
      return this.#update({ ...ended, status: 'failed', rawOutput: { message } });
    }
    this.#update({ ...ended, status: 'in_progress' });
    const text = JSON.stringify({ success: true, output, wall_time: 0.2, exit_code: 0 });
    this.#update({ ...ended, status: 'completed', content: [{ type: 'content', content: { type: 'text', text } }] });
  }

  async #permission(toolCall: object): Promise<string | undefined> {
    const id = `permission-${this.answers.length}`;
    const answer = new Promise<string | undefined>((resolve) => this.#waiting.set(id, resolve));
    const params = { sessionId: 'vtcode-zed-session-0', toolCall, options };
    this.#say({ id, method: 'session/request_permission', params });
    const optionId = await answer;
    this.answers.push(optionId);
    return optionId;
  }

  #update(update: object): void {
    this.#say({ method: 'session/update', params: { sessionId: 'vtcode-zed-session-0', update } });
  }

  #say(message: object): void {
    const bytes = new TextEncoder().encode(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    // In two pieces, because lines may arrive like that.
    this.#listener(bytes.subarray(0, 7));
    this.#listener(bytes.subarray(7));
  }
}
