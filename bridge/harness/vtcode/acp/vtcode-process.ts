/** VTCode as a process: it doesn't end with its input, and its commands don't end with it. */
import { spawn } from 'node:child_process';
import { killTree } from './process-tree';
import type { LineWire } from '../json-rpc';

export interface VtcodeCommand {
  /** The executable's */
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface VtcodeProcess extends LineWire {
  /** Kills it and everything that it has started, immediately; may be called again */
  kill(): void;
  /** Resolves with how it ended, never rejects */
  readonly exited: Promise<string>;
}

/** A command that is still running may keep its streams open. */
const streamsGraceMs = 250;
/** How much of its standard error to keep for the message about its end. */
const keptErrorBytes = 4096;

/** Never throws: a process that can't be started is reported as ended. */
export function startVtcode({ program, words, cwd, env }: VtcodeCommand): VtcodeProcess {
  const child = spawn(program, words, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-keptErrorBytes);
  });
  // `exited` reports its end; a write after it can't succeed.
  child.stdin.on('error', () => undefined);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    const end = (code: number | null, signal: string | null) => resolve(`${signal ?? `exit ${code}`} ${said}`.trim());
    child.once('close', end);
    child.once('exit', (code, signal) => void setTimeout(() => end(code, signal), streamsGraceMs).unref());
  });
  return {
    exited,
    write: (line) => void child.stdin.write(line),
    onData: (listener) => void child.stdout.on('data', listener),
    onClose: (listener) => void exited.then(listener),
    kill: () => {
      // After it was reaped, its pid may belong to another process.
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killTree(child.pid);
    },
  };
}
