/**
 * Sets times to the nanosecond. Node's own calls take seconds as a double and keep microseconds, so a program that the
 * system has does it: one start for many files.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface TimesOf {
  /** Of the file as another program reaches it; a link at its end is followed */
  readonly path: string;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
}

/** Sets the times of files; says for each whether it did, `null` when this system has no way. */
export type SetTimes = (items: readonly TimesOf[]) => Promise<readonly boolean[] | null>;

/** Numbers of the call `utimensat`, where its times are pairs of 64 bits. */
const callNumbers: Partial<Record<NodeJS.Architecture, number>> = {
  x64: 280,
  arm64: 88,
  riscv64: 88,
  loong64: 88,
  ppc64: 304,
  s390x: 315,
};
const atWorkingDirectory = -100;
const second = 1_000_000_000n;

const perl = (call: number): string => `
  $/ = "\\0"; binmode STDIN;
  while (<STDIN>) {
    chomp;
    my ($as, $an, $ms, $mn, $path) = split / /, $_, 5;
    print syscall(${call}, ${atWorkingDirectory}, $path, pack("q4", $as, $an, $ms, $mn), 0) == 0 ? 1 : 0;
  }`;

const python = `
import os, sys
for line in sys.stdin.buffer.read().split(b"\\0")[:-1]:
    a, an, m, mn, path = line.split(b" ", 4)
    try:
        os.utime(path, ns=(int(a) * 10**9 + int(an), int(m) * 10**9 + int(mn)))
        sys.stdout.write("1")
    except OSError:
        sys.stdout.write("0")
`;

/** Seconds and nanoseconds, the latter never negative, as the system has them. */
const parts = (ns: bigint): string => {
  const rest = ((ns % second) + second) % second;
  return `${(ns - rest) / second} ${rest}`;
};

const run = async (command: string, args: readonly string[], input: string): Promise<string | null> => {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const isStarted = new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });
  // A program that is missing or ends early breaks the pipe; what it answered says how far it came.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [hasStarted, answer] = await Promise.all([isStarted, text(child.stdout)]);
  return hasStarted ? answer : null;
};

/** By `perl` or `python3` on Linux, whichever there is. */
export const setTimesExactly: SetTimes = async (items) => {
  if (process.platform !== 'linux') return null;
  if (items.length === 0) return [];
  const input = items.map(({ path, atimeNs, mtimeNs }) => `${parts(atimeNs)} ${parts(mtimeNs)} ${path}\0`).join('');
  const call = callNumbers[process.arch];
  const programs: readonly (readonly [string, readonly string[]])[] = [
    ...(call === undefined ? [] : [['perl', ['-e', perl(call)]] as const]),
    ['python3', ['-I', '-S', '-c', python]],
  ];
  for (const [command, args] of programs) {
    const answer = await run(command, args, input);
    if (answer?.length === items.length) return items.map((_, index) => answer[index] === '1');
  }
  return null;
};
