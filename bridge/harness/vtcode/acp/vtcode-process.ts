/** VTCode as a process: it does not end with its input, and its commands do not end with it. */
import { spawn } from 'node:child_process';
import { killTree } from './process-tree';
import type { LineWire } from '../json-rpc';

export interface VtcodeCommand {
  /** Of the executable */
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface VtcodeProcess extends LineWire {
  /** Ends it and all that it has started, at once; may be called again */
  kill(): void;
  /** Resolves with how it ended, never rejects */
  readonly exited: Promise<string>;
}

/** A command that it has left running may hold its streams open. */
const streamsGraceMs = 250;
/** How much of what it says on standard error is kept for the message about its end. */
const keptErrorBytes = 4096;

/** Never throws: what cannot be started is told as its end. */
export function startVtcode({ program, words, cwd, env }: VtcodeCommand): VtcodeProcess {
  const child = spawn(program, words, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-keptErrorBytes);
  });
  // Its end is told by `exited`; a write after it is of no use to anybody.
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
      // Once it was collected its number may be another's.
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killTree(child.pid);
    },
  };
}
