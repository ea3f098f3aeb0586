/**
 * One pi process in RPC mode: sends commands, returns answers, passes on records, and always reports the process's end.
 */
import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { encodeLine } from '../../../schema/jsonl';
import { RpcError } from '../../../schema/errors';
import { parsePiRecord, type PiRecord } from '../../../schema/pi-records';
import { cpuSecondsOf, watchForStall } from './patience';
import { PiLines, type PiLine } from './pi-lines';

/** A child whose three streams exist. */
export interface PiStreams {
  readonly child: ChildProcess;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

export interface PiExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Last lines of stderr */
  readonly stderr: string;
}

interface Pending {
  readonly command: string;
  resolve(data: unknown): void;
  reject(error: RpcError): void;
}

const stderrCapCharacters = 8_192;
/**
 * Milliseconds before each next step: after stdin is closed (orderly), after SIGTERM (orderly, immediate), then
 * SIGKILL.
 */
const endLadderMs = [2_000, 2_000] as const;

/** Something inside pi may print to its stdout; that is shown as an unknown record rather than lost. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return line;
  }
}

const answerEnd = '{"type":"message_end","message":{"role":"assistant"';

/** A line that is too long to read: for an answer, its end is still reported; anything else is unknown. */
const cutRecord = (beginning: string): PiRecord =>
  beginning.startsWith(answerEnd)
    ? parsePiRecord({ type: 'message_end', message: { role: 'assistant' } })
    : { type: 'unknown', raw: beginning };

export class PiProcess {
  readonly #pending = new Map<string, Pending>();
  readonly exited: Promise<PiExit>;
  #lastId = 0;
  #stderr = '';
  #isGone = false;
  #lostRecords = 0;

  /** Gets every record except the answers to `request` */
  onRecord: (record: PiRecord) => void = () => undefined;

  constructor(
    private readonly streams: PiStreams,
    /** Processor time that it has used, in `s` */
    private readonly cpuSeconds = () => cpuSecondsOf(this.pid),
  ) {
    const { child, stdin, stdout, stderr } = streams;
    const lines = new PiLines();
    stdout.on('data', (chunk: Uint8Array) => {
      for (const line of lines.push(chunk)) this.#read(line);
    });
    stderr.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-stderrCapCharacters);
    });
    // A write to a process that has just ended fails; its exit is reported anyway.
    stdin.on('error', () => undefined);
    this.exited = new Promise((resolve) => {
      const onGone = (code: number | null, signal: string | null): void => {
        this.#isGone = true;
        const error = new RpcError(
          'PI_PROCESS_DEAD',
          'pi stopped before it answered. Send the prompt again to restart it.',
        );
        for (const call of this.#pending.values()) call.reject(error);
        this.#pending.clear();
        resolve({ code, signal, stderr: this.#stderr.trim() });
      };
      child.once('exit', onGone);
      child.on('error', (error) => {
        this.#stderr += error.message;
        // It was never started, so it can't exit.
        if (child.pid === undefined) onGone(null, null);
      });
    });
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Number of records that couldn't be handled */
  get lostRecords(): number {
    return this.#lostRecords;
  }

  get pid(): number {
    return this.streams.child.pid ?? -1;
  }

  /**
   * Waits as long as pi works. After `stillMs` without an answer and without work it fails.
   * @throws RpcError `PI_PROCESS_DEAD`, `DEADLINE_EXCEEDED`, or `INVALID_REQUEST` with pi's own words
   */
  request(command: { type: string; [field: string]: unknown }, stillMs = 60_000): Promise<unknown> {
    if (this.#isGone) return Promise.reject(new RpcError('PI_PROCESS_DEAD', "pi isn't running."));
    const id = `t${++this.#lastId}`;
    return new Promise((resolve, reject) => {
      const stopWatching = watchForStall(this.cpuSeconds, stillMs, () => {
        this.#pending.delete(id);
        reject(new RpcError('DEADLINE_EXCEEDED', "pi didn't answer in time. Try again."));
      });
      this.#pending.set(id, {
        command: command.type,
        resolve: (data) => {
          stopWatching();
          resolve(data);
        },
        reject: (error) => {
          stopWatching();
          reject(error);
        },
      });
      this.tell({ ...command, id });
    });
  }

  /** Sends a line that pi does not answer. */
  tell(message: Record<string, unknown>): void {
    if (!this.#isGone) this.streams.stdin.write(encodeLine(message));
  }

  /** Ends the process step by step, see `endLadderMs`; resolves when it is gone. */
  async end(): Promise<PiExit> {
    const { child, stdin } = this.streams;
    stdin.end();
    for (const [index, waitMs] of endLadderMs.entries()) {
      if (await this.#goneWithin(waitMs)) return this.exited;
      child.kill(index === 0 ? 'SIGTERM' : 'SIGKILL');
    }
    return this.exited;
  }

  /** Kills it when it does nothing, or takes too long. Returns what cancels that. */
  killWhenStalled(limitsMs: { still: number; longest: number }): () => void {
    return watchForStall(this.cpuSeconds, limitsMs.still, () => this.kill(), limitsMs.longest);
  }

  kill(): void {
    this.streams.child.kill('SIGKILL');
  }

  #goneWithin(waitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), waitMs);
      void this.exited.then(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  #read(line: PiLine): void {
    const record = line.isCut ? cutRecord(line.text) : parsePiRecord(parsed(line.text));
    const call = record.type === 'response' && record.id !== undefined ? this.#pending.get(record.id) : undefined;
    if (record.type !== 'response' || record.id === undefined || !call) return this.#pass(record);
    this.#pending.delete(record.id);
    if (record.success) call.resolve(record.data);
    else call.reject(new RpcError('INVALID_REQUEST', record.error ?? `pi refused ${call.command}.`));
  }

  /** A record that can't be handled is dropped; the process continues. */
  #pass(record: PiRecord): void {
    try {
      this.onRecord(record);
    } catch (error) {
      this.#lostRecords += 1;
      console.log(`taskd: a ${record.type} of pi was lost: ${String(error)}`);
    }
  }
}
