/**
 * Plays a recorded trace to a bridge. Each line is a call, the host's answers during it, and the recorded outcome. Any
 * bridge that serves the same contract must give the same answers and ask the host for the same.
 *
 *     {"call": "executeTool", "input": {…}, "host": [{"method": "toolUpdate", "input": {…}}], "answer": {…}}
 *
 * | key         | contains                                                                                  |
 * |-------------|-------------------------------------------------------------------------------------------|
 * | `about`     | what the line is for                                                                      |
 * | `call`      | method of the bridge; `attach` gets the host from the player                              |
 * | `input`     | its input                                                                                 |
 * | `replies`   | by the host's method: its answer; without a reply it answers `unimplemented`              |
 * | `cancelAt`  | number of the update at which `cancel` is called                                          |
 * | `giveUpAt`  | number of the update after which the caller stops waiting                                              |
 * | `times`     | how often the call is made at the same time; all answers must be equal                    |
 * | `host`      | recorded: the calls to the host, in order                                                 |
 * | `answer`, `error` | recorded: the outcome                                                               |
 *
 * In all texts, `{files}` is the folder with the trace's files, and `{large}` is one mebibyte of the letter x.
 */
import { isDeepStrictEqual } from 'node:util';
import type { CallOptions } from '../../schema/capnp/call-options';
import { toContractError, ContractError } from '../../schema/capnp/contract-error';
import type { Attach, PiExtensionBridge, PiHost, ToolRequest } from '../../schema/generated/pi-api';

/** One line of a trace. */
export interface TraceStep {
  readonly about: string;
  readonly call: keyof PiExtensionBridge;
  readonly input: Readonly<Record<string, unknown>>;
  readonly replies?: Readonly<Record<string, unknown>>;
  readonly cancelAt?: number;
  readonly giveUpAt?: number;
  readonly times?: number;
  readonly host?: readonly HostCall[];
  readonly answer?: unknown;
  readonly error?: TraceError;
}

interface HostCall {
  readonly method: string;
  readonly input: unknown;
}

interface TraceError {
  readonly code: string;
  readonly message?: string;
}

/** The outcome of a line. */
export type Played = Pick<TraceStep, 'host' | 'answer' | 'error'>;

type AnyMethod = (input: unknown, call: CallOptions) => Promise<unknown>;

/** No line takes this long unless something is wrong. */
const deadlineMs = 20_000;

export const cancelReason = 'the person pressed stop';

/** The lines of a trace, with its placeholders filled in. */
export function readTrace(text: string, filesFolder: string): readonly TraceStep[] {
  const large = 'x'.repeat(1024 * 1024);
  const folder = JSON.stringify(filesFolder).slice(1, -1);
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line.replaceAll('{files}', folder).replaceAll('{large}', large)) as TraceStep);
}

/** A host that answers as the line says, and records its calls. */
class RecordingHost {
  readonly calls: HostCall[] = [];
  #updates = 0;

  constructor(
    private readonly replies: Readonly<Record<string, unknown>>,
    private readonly onUpdate: (count: number) => void,
  ) {}

  receive(method: string, input: unknown): Promise<unknown> {
    this.calls.push({ method, input: plain(input) });
    if (method === 'toolUpdate') this.onUpdate((this.#updates += 1));
    const reply = this.replies[method];
    if (reply === undefined) return Promise.reject(new ContractError('unimplemented', `There is no ${method} here.`));
    return Promise.resolve(reply);
  }
}

/** As it would be read from a trace: undefined members are missing. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** The text of `unimplemented` comes from the library that the bridge is built with. */
function errorOf(thrown: unknown): TraceError {
  const { code, message } = toContractError(thrown);
  return code === 'unimplemented' ? { code } : { code, message };
}

/** One bridge, and the host that it is attached to; each line has its own answers. */
export class TracePlayer {
  #host = new RecordingHost({}, () => undefined);

  constructor(private readonly bridge: PiExtensionBridge) {}

  /** Never rejects: an error is the line's outcome. */
  async play(step: TraceStep): Promise<Played> {
    const giveUp = new AbortController();
    const call = step.giveUpAt === undefined ? { deadlineMs } : { deadlineMs, signal: giveUp.signal };
    const { callId = '' } = step.input as Partial<ToolRequest>;
    const cancelled: Promise<unknown>[] = [];
    this.#host = new RecordingHost(step.replies ?? {}, (count) => {
      if (count === step.cancelAt) cancelled.push(this.bridge.cancel({ callId, reason: cancelReason }));
      if (count === step.giveUpAt) giveUp.abort();
    });
    const { calls } = this.#host;
    const method = this.bridge[step.call] as AnyMethod;
    const input = step.call === 'attach' ? { ...step.input, host: this.#hostToCall() } : step.input;
    try {
      const asked = Array.from({ length: step.times ?? 1 }, () => method(input, call));
      const answers = (await Promise.all(asked)).map(plain);
      await Promise.all(cancelled);
      return { host: calls, answer: allTheSame(answers) };
    } catch (thrown) {
      return { host: calls, error: errorOf(thrown) };
    }
  }

  /** Attached once, but answers as the current line says. */
  #hostToCall(): Attach['host'] {
    return new Proxy({} as PiHost, {
      get: (_, name) => (input: unknown) => this.#host.receive(String(name), input),
    });
  }
}

/** Whether the bridge has answered, and called the host, as in the recording. */
export function isAsRecorded({ host, answer, error }: TraceStep, played: Played): boolean {
  return isDeepStrictEqual({ host, answer, error }, { answer: undefined, error: undefined, ...played });
}

function allTheSame(answers: readonly unknown[]): unknown {
  const [first, ...others] = answers;
  const text = JSON.stringify(first);
  if (others.every((other) => JSON.stringify(other) === text)) return first;
  throw new ContractError('internalError', 'the same call, made several times at once, had different answers');
}
