/**
 * Sets times to the nanosecond. Node's own calls take seconds as a double and keep only microseconds, so a program of
 * the system does it: started once per undo.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export interface TimesOf {
  /** The path for another program; a link at its end is followed */
  readonly path: string;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
}

/** Sets the times of files and returns for each whether it worked; `null` when this system has no program for it. */
export type SetTimes = (items: readonly TimesOf[]) => Promise<readonly boolean[] | null>;

/** Numbers of the system call `utimensat` on processors where its times are pairs of 64-bit values. */
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

/** An item ends with a zero byte; an empty item asks for the answers so far. */
const perl = (call: number): string => `
  $/ = "\\0"; $| = 1; binmode STDIN;
  my $answers = "";
  while (<STDIN>) {
    chomp;
    if ($_ eq "") { print $answers; $answers = ""; next }
    my ($as, $an, $ms, $mn, $path) = split / /, $_, 5;
    $answers .= syscall(${call}, ${atWorkingDirectory}, $path, pack("q4", $as, $an, $ms, $mn), 0) == 0 ? 1 : 0;
  }`;

const python = `
import os, sys
rest = b""
while True:
    some = os.read(0, 65536)
    if not some:
        break
    *items, rest = (rest + some).split(b"\\0")
    for item in items:
        if not item:
            continue
        a, an, m, mn, path = item.split(b" ", 4)
        try:
            os.utime(path, ns=(int(a) * 10**9 + int(an), int(m) * 10**9 + int(mn)))
            sys.stdout.write("1")
        except OSError:
            sys.stdout.write("0")
    sys.stdout.flush()
`;

/** Seconds and nanoseconds; nanoseconds are never negative, as the system expects. */
const parts = (ns: bigint): string => {
  const rest = ((ns % second) + second) % second;
  return `${(ns - rest) / second} ${rest}`;
};

type Child = ChildProcessByStdio<Writable, Readable, null>;
type Program = readonly [command: string, args: readonly string[]];

/** Programs that can set times and may be installed, fastest first. */
export function timesPrograms(): readonly Program[] {
  if (process.platform !== 'linux') return [];
  const call = callNumbers[process.arch];
  return [
    ...(call === undefined ? [] : [['perl', ['-e', perl(call)]] as const]),
    ['python3', ['-I', '-S', '-c', python]],
  ];
}

/** A program that sets times: `perl` or `python3` on Linux, whichever is installed. It runs until `end`. */
export class TimesProgram {
  readonly #programs: Program[];
  #child: Child | null = null;
  #answers = '';
  #onAnswers: () => void = () => undefined;

  /** Starts the program early, so that it is ready when needed. */
  constructor(from: readonly Program[] = timesPrograms()) {
    this.#programs = [...from];
    this.#startNext();
  }

  /** One call at a time. */
  readonly set: SetTimes = async (items) => {
    const input = items.map(({ path, atimeNs, mtimeNs }) => `${parts(atimeNs)} ${parts(mtimeNs)} ${path}\0`).join('');
    while (this.#child) {
      const answers = items.length === 0 ? '' : await this.#ask(this.#child, `${input}\0`, items.length);
      if (answers.length === items.length) return items.map((_, index) => answers[index] === '1');
      this.end();
      this.#startNext();
    }
    return null;
  };

  end(): void {
    this.#child?.stdin.end();
    this.#child = null;
  }

  #startNext(): void {
    const [command, args] = this.#programs.shift() ?? [];
    if (command === undefined || args === undefined) return;
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    this.#answers = '';
    // When the program is missing or ends early, the pipe breaks; its answers say how far it came.
    child.stdin.on('error', () => undefined);
    child.on('error', () => child.stdout.destroy());
    child.stdout.on('close', () => this.#onAnswers());
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      if (this.#child === child) this.#answers += text;
      this.#onAnswers();
    });
  }

  /** Resolves when this many answers have arrived or the program has ended. */
  #ask(child: Child, input: string, count: number): Promise<string> {
    return new Promise((resolve) => {
      this.#onAnswers = () => {
        if (this.#answers.length < count && !child.stdout.closed) return;
        this.#onAnswers = () => undefined;
        resolve(this.#answers);
        this.#answers = '';
      };
      child.stdin.write(input);
      this.#onAnswers();
    });
  }
}
