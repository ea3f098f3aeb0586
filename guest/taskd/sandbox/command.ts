/** Runs one command beside a task's pi, in its own sandbox with the same folders. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { sandboxArguments } from './arguments';
import { openFilter } from './seccomp/open-filter';
import type { Slots } from './slots';
import { slotAt } from './layout';

const outputCapCharacters = 1_048_576;
const defaultTimeoutMs = 60_000;

export interface CommandOptions {
  readonly slotFolder: string;
  readonly command: string;
  readonly cwd: string;
  readonly timeoutMs: number | undefined;
  readonly uid: number;
  readonly gid: number;
  /** bubblewrap's program */
  readonly bwrap?: string;
  readonly slots: Pick<Slots, 'launch'>;
  /** The sandbox's seccomp filter */
  readonly filterFile: string | null;
}

export interface CommandResult {
  /** stdout and stderr in order, the last 1 MiB at most */
  readonly output: string;
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly cwd: string;
}

export function runInSandbox({
  slotFolder,
  command,
  cwd,
  timeoutMs,
  uid,
  gid,
  bwrap = 'bwrap',
  slots,
  filterFile,
}: CommandOptions): Promise<CommandResult> {
  const slot = slotAt(slotFolder);
  const filter = openFilter(filterFile, 3);
  const bubblewrap = [
    bwrap,
    ...sandboxArguments(slot),
    ...filter.words,
    '--chdir',
    cwd,
    '--',
    '/bin/bash',
    '-c',
    command,
  ];
  const { file, words, owner } = slots.launch(slot, bubblewrap, { uid, gid });
  // Four streams are more than Node's types name.
  const child = spawn(file, words, {
    stdio: ['ignore', 'pipe', 'pipe', filter.stdio],
    ...owner,
  }) as ChildProcessByStdio<null, Readable, Readable>;
  filter.close();
  let output = '';
  let timedOut = false;
  for (const stream of [child.stdout, child.stderr]) {
    // A UTF-8 character may be split between two chunks.
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-outputCapCharacters);
    });
  }
  const timer = setTimeout(() => {
    timedOut = true;
    // Killing the sandbox's first process ends its pid namespace, and so everything in it.
    child.kill('SIGKILL');
  }, timeoutMs ?? defaultTimeoutMs);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ output, exitCode, timedOut, cwd });
    });
  });
}
