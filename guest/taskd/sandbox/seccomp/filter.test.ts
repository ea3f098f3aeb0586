/** The filter as the kernel would run it, by a small interpreter of classic BPF. */
import type { Machine } from './allowed-calls';
import { seccompFilter } from './filter';

interface Call {
  readonly number: number;
  readonly args?: readonly number[];
  readonly audit?: number;
}

const audits = { x64: 0xc000_003e, arm64: 0xc000_00b7 };

function run(machine: Machine, { number, args = [], audit = audits[machine] }: Call): string {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number >>> 0, 0);
  data.writeUInt32LE(audit, 4);
  args.forEach((value, index) => data.writeUInt32LE(value >>> 0, 16 + 8 * index));
  const program = seccompFilter(machine);
  let accumulator = 0;
  for (let at = 0; ; at += 1) {
    const [code, ifTrue, ifFalse] = [program.readUInt16LE(at * 8), program[at * 8 + 2]!, program[at * 8 + 3]!];
    const value = program.readUInt32LE(at * 8 + 4);
    if (code === 0x20) accumulator = data.readUInt32LE(value);
    else if (code === 0x06) return value === 0x7fff_0000 ? 'allowed' : `errno ${value & 0xffff}`;
    else {
      const isTrue = {
        0x15: accumulator === value,
        0x25: accumulator > value,
        0x35: accumulator >= value,
        0x45: (accumulator & value) !== 0,
      }[code];
      if (isTrue === undefined) throw new Error(`unknown instruction ${code}`);
      at += isTrue ? ifTrue : ifFalse;
    }
  }
}

const newUser = 0x1000_0000;
const threadFlags = 0x3d0f00;

test.each([
  [
    'x64',
    { read: 0, openat: 257, clone: 56, socket: 41, unshare: 272, mount: 165, bpf: 321, ioUring: 425, execve: 59 },
  ],
  [
    'arm64',
    { read: 63, openat: 56, clone: 220, socket: 198, unshare: 97, mount: 40, bpf: 280, ioUring: 425, execve: 221 },
  ],
] as const)('%s: ordinary calls pass, others are refused', (machine, calls) => {
  for (const number of [calls.read, calls.openat, calls.execve]) expect(run(machine, { number })).toBe('allowed');
  for (const number of [calls.unshare, calls.mount, calls.bpf, calls.ioUring])
    expect(run(machine, { number })).toBe('errno 1');
  expect(run(machine, { number: calls.clone, args: [threadFlags] })).toBe('allowed');
  expect(run(machine, { number: calls.clone, args: [newUser | 17] })).toBe('errno 1');
  expect(run(machine, { number: 435 })).toBe('errno 38');
  for (const family of [1, 2, 10]) expect(run(machine, { number: calls.socket, args: [family] })).toBe('allowed');
  expect(run(machine, { number: calls.socket, args: [16, 3, 0] })).toBe('allowed');
  // Netlink for the firewall, raw packets, the kernel's cryptography, VMs
  for (const args of [
    [16, 3, 12],
    [17, 3, 0],
    [38, 5, 0],
    [40, 1, 0],
  ])
    expect(run(machine, { number: calls.socket, args })).toBe('errno 97');
});

test('what every program does first on x86-64, setting up its thread, passes', () => {
  expect(run('x64', { number: 158 })).toBe('allowed');
});

test("another processor's numbers, x32 and calls that are newer than the table are missing", () => {
  expect(run('x64', { number: 0, audit: 0x4000_0003 })).toBe('errno 38');
  expect(run('x64', { number: 0x4000_0000 })).toBe('errno 38');
  expect(run('x64', { number: 463 })).toBe('errno 38');
});

test.each(['x64', 'arm64'] as const)('%s: every number ends in an answer, and jumps stay short', (machine) => {
  let allowed = 0;
  for (let number = 0; number <= 470; number += 1) if (run(machine, { number }) === 'allowed') allowed += 1;
  expect(allowed).toBeGreaterThan(200);
  expect(seccompFilter(machine).length % 8).toBe(0);
  expect(seccompFilter(machine).length / 8).toBeLessThan(4096);
});
