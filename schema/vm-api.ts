/**
 * `vm-api`: main ↔ the VM worker thread.
 *
 * Main sends start and stop. The worker owns QEMU and publishes every change of state as `vm.state`. Before each
 * `ready` it sends `guest.linked`: an authenticated port that carries `taskd-api`.
 */
import { z } from 'zod';
import { method, type Contract } from './rpc';
import { channelPort } from './transports/message-port';

export const vmPhaseName = z.enum([
  'checking_accelerator',
  'booting_template',
  'parking',
  'saving_template',
  'starting_qemu',
  'resuming',
  'starting_guest',
  'connecting',
]);
export type VmPhaseName = z.output<typeof vmPhaseName>;

const vmPhase = z.object({
  name: vmPhaseName,
  /** Milliseconds since the epoch */
  startedAt: z.number(),
  /** Absent while the phase runs */
  durationMs: z.number().nonnegative().optional(),
  /** How long this phase took here before, median in `ms` */
  expectedMs: z.number().nonnegative().optional(),
});
export type VmPhase = z.output<typeof vmPhase>;

export const accelerator = z.enum(['kvm', 'hvf', 'whpx', 'tcg']);
export type Accelerator = z.output<typeof accelerator>;

export const vmFailureReason = z.enum([
  'qemu_missing',
  'spawn_failed',
  'crashed',
  'boot_timeout',
  'pack_missing',
  'pack_damaged',
  'disk_full',
  'port_taken',
  'guest_failed',
  'template_failed',
  'worker_died',
]);
export type VmFailureReason = z.output<typeof vmFailureReason>;

export const vmFailure = z.object({
  reason: vmFailureReason,
  /** What happened and what to do next, for people */
  message: z.string(),
  /** Last lines of QEMU's and the guest's logs */
  logTail: z.array(z.string()),
});
export type VmFailure = z.output<typeof vmFailure>;

/** `stopped` and `failed` mean that no QEMU exists; `ready` means an authenticated `hello`. */
export const vmStatus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stopped') }),
  z.object({ kind: z.literal('failed'), failure: vmFailure }),
  z.object({ kind: z.literal('building_template'), phases: z.array(vmPhase), pid: z.number().nullable() }),
  z.object({ kind: z.literal('resuming'), phases: z.array(vmPhase), pid: z.number().nullable() }),
  z.object({
    kind: z.literal('ready'),
    phases: z.array(vmPhase),
    pid: z.number(),
    /** Port of taskd on 127.0.0.1 */
    port: z.number().int(),
    accelerator,
    /** From the call of start until ready, in `ms` */
    startMs: z.number(),
  }),
  z.object({ kind: z.literal('stopping'), pid: z.number() }),
]);
export type VmStatus = z.output<typeof vmStatus>;

const nothing = z.strictObject({});

const examined = <T extends z.ZodType>(found: T) =>
  z.union([
    z.strictObject({ found }),
    /** What is wrong and what to do, for people */
    z.strictObject({ problem: z.string() }),
  ]);

/** What a VM needs from this computer. */
export const vmExamination = z.strictObject({
  qemuVersion: examined(z.string()),
  packDigest: examined(z.string()),
  accelerator: examined(accelerator),
  /** A free port for taskd */
  port: examined(z.number().int()),
});
export type VmExamination = z.output<typeof vmExamination>;

export const vmApi = {
  methods: {
    /** Resolves when ready; rejects with `VM_FAILED`. A call while ready or starting joins that start. */
    'vm.start': method(
      z.strictObject({
        gatewayPort: z.number().int().positive(),
        /** New for each start, 64 hex digits; the gateway checks task tokens with it */
        key: z.string().regex(/^[0-9a-f]{64}$/),
      }),
      z.object({ port: z.number() }),
    ),
    /** Resolves when no QEMU exists. */
    'vm.stop': method(nothing, nothing),
    /** Checks what a VM needs, without starting one. The first accelerator test on a computer takes seconds. */
    'vm.examine': method(nothing, vmExamination),
  },
  events: {
    'vm.state': vmStatus,
    'vm.log': z.object({ source: z.enum(['qemu', 'guest', 'host']), line: z.string() }),
    'guest.linked': z.object({ port: channelPort }),
  },
} satisfies Contract;

export type VmApi = typeof vmApi;

/** The worker's initial data. All paths are absolute. */
export const vmWorkerConfig = z.strictObject({
  packFolder: z.string(),
  /** Contains templates and the remembered accelerator; shared by all state folders of this user */
  cacheFolder: z.string(),
  /** Sockets, serial log and pid of this run; mode 0700 */
  runFolder: z.string(),
  /** Unix socket of the file server, which listens before the VM is started */
  filesSocket: z.string(),
  memoryMb: z.number().int().positive(),
  cores: z.number().int().positive(),
  /** How many pi processes to keep loaded */
  parked: z.number().int().positive(),
  firstPort: z.number().int().positive(),
  /** `null` lets the self-test choose */
  accelerator: accelerator.nullable(),
  build: z.string(),
});
export type VmWorkerConfig = z.output<typeof vmWorkerConfig>;
