/**
 * A seccomp filter for everything that runs in a sandbox: a classic BPF program over `struct seccomp_data`, as
 * bubblewrap's `--seccomp` reads it. Formats: `linux/filter.h`, `linux/seccomp.h`, `linux/audit.h`.
 */
import { allowedCalls, type Machine } from './allowed-calls';

/** One instruction, `struct sock_filter`: jumps count the instructions in between. */
interface Instruction {
  readonly code: number;
  readonly ifTrue?: number;
  readonly ifFalse?: number;
  readonly value: number;
}

const operations = { load: 0x20, equal: 0x15, greater: 0x25, atLeast: 0x35, anyBit: 0x45, answer: 0x06 };
/** Offsets in `struct seccomp_data`; of an argument, its lower half */
const data = { number: 0, machine: 4, argument: (index: number): number => 16 + 8 * index };
const allow = 0x7fff_0000;
const refuse = (errno: number): number => 0x0005_0000 | errno;
const errno = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 };

const machines = {
  x64: { audit: 0xc000_003e, clone: 56, clone3: 435, socket: 41 },
  arm64: { audit: 0xc000_00b7, clone: 220, clone3: 435, socket: 198 },
};
/** Calls with greater numbers are newer than this table; programs fall back when they are missing. */
const lastKnown = 462;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET */
const newNamespaces = 0x7e02_0000;
const families = { unix: 1, inet: 2, inet6: 10, netlink: 16 };
/** The one netlink protocol that lists addresses, as `getaddrinfo` and Node do */
const netlinkRoute = 0;

const load = (value: number): Instruction => ({ code: operations.load, value });
const answer = (value: number): Instruction => ({ code: operations.answer, value });
/** Runs the instructions behind it when it is so, and skips them otherwise. */
const when = (code: number, value: number, then: readonly Instruction[]): Instruction[] => [
  { code, ifTrue: 0, ifFalse: then.length, value },
  ...then,
];
const unless = (code: number, value: number, then: readonly Instruction[]): Instruction[] => [
  { code, ifTrue: then.length, ifFalse: 0, value },
  ...then,
];

/** Neighbouring numbers as one range: fewer comparisons. */
function rangesOf(numbers: readonly number[]): ReadonlyArray<readonly [first: number, last: number]> {
  const ranges: Array<[number, number]> = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

function instructions(machine: Machine): readonly Instruction[] {
  const { audit, clone, clone3, socket } = machines[machine];
  return [
    load(data.machine),
    ...unless(operations.equal, audit, [answer(refuse(errno.ENOSYS))]),
    load(data.number),
    // Also everything of x32, whose numbers have bit 30.
    ...when(operations.greater, lastKnown, [answer(refuse(errno.ENOSYS))]),
    // libc then uses `clone`, whose flags a filter can read.
    ...when(operations.equal, clone3, [answer(refuse(errno.ENOSYS))]),
    ...when(operations.equal, clone, [
      load(data.argument(0)),
      ...when(operations.anyBit, newNamespaces, [answer(refuse(errno.EPERM))]),
      answer(allow),
    ]),
    ...when(operations.equal, socket, [
      load(data.argument(0)),
      ...[families.unix, families.inet, families.inet6].flatMap((family) =>
        when(operations.equal, family, [answer(allow)]),
      ),
      ...unless(operations.equal, families.netlink, [answer(refuse(errno.EAFNOSUPPORT))]),
      load(data.argument(2)),
      ...when(operations.equal, netlinkRoute, [answer(allow)]),
      answer(refuse(errno.EAFNOSUPPORT)),
    ]),
    ...rangesOf(allowedCalls(machine)).flatMap(([first, last]) =>
      when(operations.atLeast, first, unless(operations.greater, last, [answer(allow)])),
    ),
    answer(refuse(errno.EPERM)),
  ];
}

/** @returns the program's bytes, little-endian as both machines are */
export function seccompFilter(machine: Machine): Buffer {
  return Buffer.concat(
    instructions(machine).map(({ code, ifTrue = 0, ifFalse = 0, value }) => {
      const bytes = Buffer.alloc(8);
      bytes.writeUInt16LE(code, 0);
      bytes.writeUInt8(ifTrue, 2);
      bytes.writeUInt8(ifFalse, 3);
      bytes.writeUInt32LE(value >>> 0, 4);
      return bytes;
    }),
  );
}
