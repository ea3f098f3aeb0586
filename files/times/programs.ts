/**
 * Programs of the system that set times to the nanosecond, and before 1970. Node's own calls take seconds as a double,
 * keep only microseconds, and know no earlier times.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface TimesOf {
  /** The path for another program; a link at its end is followed */
  readonly path: string;
  /** A time that is absent isn't changed */
  readonly atimeNs: bigint | undefined;
  readonly mtimeNs: bigint | undefined;
}

export type Program = readonly [command: string, args: readonly string[]];

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
/** `UTIME_OMIT`, in place of nanoseconds */
const omitted = (1 << 30) - 2;

/** An item ends with a zero byte; an empty item asks for the answers so far: a digit for each, 1 when it worked. */
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
def time(seconds, part, present):
    return present if part == ${omitted} else seconds * 10**9 + part
rest = b""
while True:
    some = os.read(0, 65536)
    if not some:
        break
    *items, rest = (rest + some).split(b"\\0")
    for item in items:
        if not item:
            sys.stdout.flush()
            continue
        *numbers, path = item.split(b" ", 4)
        try:
            now = os.stat(path)
            a, an, m, mn = map(int, numbers)
            os.utime(path, ns=(time(a, an, now.st_atime_ns), time(m, mn, now.st_mtime_ns)))
            sys.stdout.write("1")
        except OSError:
            sys.stdout.write("0")
    sys.stdout.flush()
`;

/** Seconds and nanoseconds; nanoseconds are never negative, as the system expects. */
function parts(ns: bigint | undefined): string {
  if (ns === undefined) return `0 ${omitted}`;
  const rest = ((ns % second) + second) % second;
  return `${(ns - rest) / second} ${rest}`;
}

/** What a program reads for these items: it then answers with one character for each. */
export const requestFor = (items: readonly TimesOf[]): string =>
  `${items.map(({ path, atimeNs, mtimeNs }) => `${parts(atimeNs)} ${parts(mtimeNs)} ${path}\0`).join('')}\0`;

/** Those that this system may have, fastest first. */
export function timesPrograms(): readonly Program[] {
  if (process.platform !== 'linux') return [];
  const call = callNumbers[process.arch];
  return [
    ...(call === undefined ? [] : [['perl', ['-e', perl(call)]] as const]),
    ['python3', ['-I', '-S', '-c', python]],
  ];
}

/** Those that are installed. */
export const installedPrograms = (): readonly Program[] => timesPrograms().filter(([command]) => isInstalled(command));

const isInstalled = (command: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
