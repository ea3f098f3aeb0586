/** A pi that the test controls: commands come in, records go out, and it ends when it is told to. */
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import { encodeLine, LineDecoder } from '../../../schema/jsonl';
import type { Parked } from '../pi/parked';
import { PiProcess } from '../pi/process';
import { slotAt } from '../sandbox/layout';

export interface PiCommand {
  readonly type: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

/** The `data` of an answer, an Error for a refusal, or `silence` for none. */
type Answer = (command: PiCommand) => unknown;

export const silence = Symbol('no answer');

const tour = { id: 'tour', provider: 'tour', name: 'Tour', contextWindow: 128_000 };

const defaultAnswers: Readonly<Record<string, Answer>> = {
  get_state: () => ({ model: tour }),
  get_available_models: () => ({ models: [tour] }),
  set_model: ({ provider, modelId }) => ({ provider, id: modelId }),
  get_session_stats: () => ({ tokens: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 }, cost: 0.5 }),
};

export class FakePi {
  readonly commands: PiCommand[] = [];
  readonly signals: string[] = [];
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly process: PiProcess;
  /** Processor time that it claims to have used */
  cpuSeconds = 0;
  readonly #child = Object.assign(new EventEmitter(), {
    pid: 4321,
    kill: (signal: string) => {
      this.signals.push(signal);
      if (signal === 'SIGKILL' || signal === this.endsBy) this.exit(null, signal);
      return true;
    },
  });

  constructor(
    readonly answers: Readonly<Record<string, Answer>> = {},
    /** The signal that ends it, besides SIGKILL */
    readonly endsBy: 'stdin' | 'SIGTERM' | 'SIGKILL' = 'stdin',
  ) {
    const decoder = new LineDecoder();
    this.stdin.on('data', (chunk: Uint8Array) => {
      for (const line of decoder.push(chunk)) this.#take(JSON.parse(line) as PiCommand);
    });
    this.stdin.on('finish', () => {
      if (this.endsBy === 'stdin') this.exit(0);
    });
    const { stdin, stdout, stderr } = this;
    const streams = { child: this.#child as unknown as ChildProcess, stdin, stdout, stderr };
    this.process = new PiProcess(streams, () => Promise.resolve(this.cpuSeconds));
  }

  get commandTypes(): string[] {
    return this.commands.map(({ type }) => type);
  }

  say(record: object): void {
    this.stdout.write(encodeLine(record));
  }

  exit(code: number | null, signal: string | null = null): void {
    this.#child.emit('exit', code, signal);
  }

  #take(command: PiCommand): void {
    this.commands.push(command);
    const { id, type } = command;
    if (id === undefined || type === 'extension_ui_response') return;
    const data = (this.answers[type] ?? defaultAnswers[type] ?? (() => undefined))(command);
    if (data === silence) return;
    const outcome = data instanceof Error ? { success: false, error: data.message } : { success: true, data };
    this.say({ type: 'response', id, command: type, ...outcome });
  }
}

/** A parked pi as a parking lot returns it, with a slot below `folder`. */
export const parkedAt = (pi: FakePi, folder: string): Parked => ({
  process: pi.process,
  slot: slotAt(folder),
  relay: createServer(),
  assign: () => Promise.resolve(),
});
