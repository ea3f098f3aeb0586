/**
 * QEMU's command line, from plain values. Tested without QEMU.
 *
 * Device order and ids are part of the template's key: a resumed guest must find the devices it was saved with.
 */
import { controlPortName, filesPortName } from '../schema/control-port';
import type { Accelerator } from '../schema/vm-api';
import type { QemuMode } from './machine';

/** Raise it when the devices below change, so that no template is resumed on different hardware. */
export const deviceListVersion = 3;

export interface QemuOptions {
  readonly mode: QemuMode | 'selftest';
  readonly accelerator: Accelerator;
  readonly memoryMb: number;
  readonly cores: number;
  readonly pack: { readonly kernel: string; readonly initrd: string; readonly root: string; readonly piwork: string };
  /** The guest's memory; private to this process when resuming, so that the template doesn't change */
  readonly ramFile: string;
  readonly controlSocket: string;
  readonly qmpSocket: string;
  /** Where the file server listens; `null` for a self-test, which needs no files */
  readonly filesSocket: string | null;
  /** Port on 127.0.0.1 that leads to taskd; `null` while building */
  readonly port: number | null;
  readonly kernelArguments: readonly string[];
  readonly canSandbox: boolean;
}

const accelerators: Record<Accelerator, readonly [accel: string, cpu: string]> = {
  kvm: ['kvm', 'host'],
  hvf: ['hvf', 'host'],
  whpx: ['whpx,kernel-irqchip=off', 'max'],
  // 512 MiB of translated code: with less, pi's start translates the same code twice.
  tcg: ['tcg,thread=multi,tb-size=512', 'max'],
};

/** QEMU treats a comma as the end of a value; two commas mean one. */
export const escapeValue = (path: string): string => path.replaceAll(',', ',,');

const chardev = (id: string, path: string): string[] => ['-chardev', `socket,id=${id},path=${escapeValue(path)}`];

const drive = (id: string, path: string): string[] => [
  '-drive',
  `file=${escapeValue(path)},if=none,id=${id},format=raw,readonly=on`,
  '-device',
  `virtio-blk-pci,drive=${id}`,
];

/**
 * Under emulation, the processor thread that writes to a port serves it directly, and all ports share one interrupt
 * line. Waking QEMU's main loop and message-signalled interrupts made a file server request a third slower.
 */
const portDevices = (accelerator: Accelerator): string =>
  `virtio-serial-pci,id=vs0${accelerator === 'tcg' ? ',ioeventfd=off,vectors=0' : ''}`;

const filesPort = (socket: string): string[] => [
  ...chardev('files', socket),
  ...['-device', `virtserialport,bus=vs0.0,chardev=files,name=${filesPortName}`],
];

/** The arguments after the program's name. */
export function qemuArguments(options: QemuOptions): string[] {
  const [accel, cpu] = accelerators[options.accelerator];
  const isResume = options.mode === 'resume';
  const forward = options.port === null ? '' : `,hostfwd=tcp:127.0.0.1:${options.port}-:19384`;
  return [
    ...['-M', 'q35,memory-backend=mem'],
    '-object',
    `memory-backend-file,id=mem,size=${options.memoryMb}M,mem-path=${escapeValue(options.ramFile)},share=${isResume ? 'off' : 'on'}`,
    ...['-accel', accel, '-cpu', cpu, '-smp', String(options.cores), '-m', String(options.memoryMb)],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...(options.canSandbox
      ? ['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny']
      : []),
    ...['-kernel', options.pack.kernel, '-initrd', options.pack.initrd],
    ...['-append', ['console=ttyS0', 'quiet', 'panic=-1', ...options.kernelArguments].join(' ')],
    ...drive('d0', options.pack.root),
    ...drive('d1', options.pack.piwork),
    ...['-netdev', `user,id=n0${forward}`, '-device', 'virtio-net-pci,netdev=n0,romfile='],
    ...['-device', portDevices(options.accelerator)],
    ...chardev('control', options.controlSocket),
    ...['-device', `virtserialport,bus=vs0.0,chardev=control,name=${controlPortName}`],
    ...(options.filesSocket === null ? [] : filesPort(options.filesSocket)),
    // The guest's console is QEMU's standard output: no file grows, and the host reads it live.
    ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console'],
    ...chardev('qmp', options.qmpSocket),
    ...['-mon', 'chardev=qmp,mode=control'],
    ...(isResume ? ['-incoming', 'defer'] : []),
  ];
}
