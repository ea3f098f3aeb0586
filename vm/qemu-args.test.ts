import { escapeValue, qemuArguments, type QemuOptions } from './qemu-args';

const options: QemuOptions = {
  mode: 'resume',
  accelerator: 'tcg',
  memoryMb: 2048,
  cores: 2,
  pack: { kernel: '/pack/kernel', initrd: '/pack/initrd', root: '/pack/root.erofs', piwork: '/pack/piwork.erofs' },
  ramFile: '/cache/templates/1/ram.img',
  controlSocket: '/tmp/run/1.ctl',
  qmpSocket: '/tmp/run/1.qmp',
  filesSocket: '/tmp/run/files.sock',
  port: 19390,
  kernelArguments: ['piwork.parked=2', 'piwork.build=1.0.0'],
  canSandbox: true,
};

const machine = ['-M', 'q35,memory-backend=mem', '-object'];
const closed = ['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'];
const sandbox = ['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'];
const devices = [
  ...['-drive', 'file=/pack/root.erofs,if=none,id=d0,format=raw,readonly=on', '-device', 'virtio-blk-pci,drive=d0'],
  ...['-drive', 'file=/pack/piwork.erofs,if=none,id=d1,format=raw,readonly=on', '-device', 'virtio-blk-pci,drive=d1'],
];
const portsOf = (device: string): string[] => [
  ...['-device', 'virtio-net-pci,netdev=n0,romfile=', '-device', device],
  ...['-chardev', 'socket,id=control,path=/tmp/run/1.ctl'],
  ...['-device', 'virtserialport,bus=vs0.0,chardev=control,name=piwork.control'],
  ...['-chardev', 'socket,id=files,path=/tmp/run/files.sock'],
  ...['-device', 'virtserialport,bus=vs0.0,chardev=files,name=piwork.files'],
];
const consoles = [
  ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console'],
  ...['-chardev', 'socket,id=qmp,path=/tmp/run/1.qmp', '-mon', 'chardev=qmp,mode=control'],
];

test('resuming: memory private to the process, one forwarded port on loopback, state from a socket', () => {
  expect(qemuArguments(options)).toEqual([
    ...[...machine, 'memory-backend-file,id=mem,size=2048M,mem-path=/cache/templates/1/ram.img,share=off'],
    ...['-accel', 'tcg,thread=multi,tb-size=512', '-cpu', 'max', '-smp', '2', '-m', '2048'],
    ...[...closed, ...sandbox],
    ...['-kernel', '/pack/kernel', '-initrd', '/pack/initrd'],
    ...['-append', 'console=ttyS0 quiet panic=-1 piwork.parked=2 piwork.build=1.0.0'],
    ...[...devices, '-netdev', 'user,id=n0,hostfwd=tcp:127.0.0.1:19390-:19384'],
    ...portsOf('virtio-serial-pci,id=vs0,ioeventfd=off,vectors=0'),
    ...[...consoles, '-incoming', 'defer'],
  ]);
});

test('building: memory kept in its file, no port, nothing to resume', () => {
  expect(qemuArguments({ ...options, mode: 'build', accelerator: 'kvm', port: null, canSandbox: false })).toEqual([
    ...[...machine, 'memory-backend-file,id=mem,size=2048M,mem-path=/cache/templates/1/ram.img,share=on'],
    ...['-accel', 'kvm', '-cpu', 'host', '-smp', '2', '-m', '2048'],
    ...closed,
    ...['-kernel', '/pack/kernel', '-initrd', '/pack/initrd'],
    ...['-append', 'console=ttyS0 quiet panic=-1 piwork.parked=2 piwork.build=1.0.0'],
    ...[...devices, '-netdev', 'user,id=n0', ...portsOf('virtio-serial-pci,id=vs0'), ...consoles],
  ]);
});

test("a comma in a path doesn't end a value", () => {
  expect(escapeValue('/a,b,,c')).toBe('/a,,b,,,,c');
  const path = '/home/ada/a,readonly=off';
  const escaped = '/home/ada/a,,readonly=off';
  const words = qemuArguments({
    ...options,
    ramFile: path,
    controlSocket: path,
    qmpSocket: path,
    pack: { kernel: '/k', initrd: '/i', root: path, piwork: path },
    filesSocket: path,
  }).filter((word) => word.includes('ada'));
  expect(words).toEqual([
    `memory-backend-file,id=mem,size=2048M,mem-path=${escaped},share=off`,
    `file=${escaped},if=none,id=d0,format=raw,readonly=on`,
    `file=${escaped},if=none,id=d1,format=raw,readonly=on`,
    `socket,id=control,path=${escaped}`,
    `socket,id=files,path=${escaped}`,
    `socket,id=qmp,path=${escaped}`,
  ]);
});
