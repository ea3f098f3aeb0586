import { vmFailure } from '../schema/vm-failures';
import { exitFailure, toVmFailure, VmFailureError } from './failures';

test('a failure says what to do, and includes what the machine said', () => {
  expect(vmFailure('qemu_missing').message).toContain('npm start');
  const failure = vmFailure('pack_missing', 'initrd', ['last line']);
  expect(failure).toEqual({
    reason: 'pack_missing',
    message: 'The runtime pack is missing. Run `npm run pack` to build it. (initrd)',
    logTail: ['last line'],
  });
  expect(new VmFailureError('pack_missing', 'initrd').message).toBe(failure.message);
});

test.each([
  [new VmFailureError('pack_damaged', 'initrd', { cause: new Error('EIO') }), 'pack_damaged'],
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), 'disk_full'],
  [Object.assign(new Error('open'), { code: 'EACCES' }), 'spawn_failed'],
  [new Error('odd'), 'spawn_failed'],
])('any error becomes a failure with a reason: %s', (error, reason) => {
  expect(toVmFailure(error, 'spawn_failed', ['log'])).toMatchObject({
    reason,
    logTail: expect.arrayContaining(['log']) as string[],
  });
});

test.each([
  [1, null, ['qemu: write: No space left on device'], 'disk_full'],
  [null, 'SIGBUS', [], 'disk_full'],
  [1, null, ["Could not set up host forwarding rule 'tcp:127.0.0.1:19384-:19384'"], 'port_taken'],
  [1, null, ['kvm: error'], 'crashed'],
  [null, 'SIGSEGV', [], 'crashed'],
  [0, null, [], 'crashed'],
])("QEMU's end by %s %s and %j", (code, signal, logTail, reason) => {
  expect(exitFailure(code, signal, logTail)).toMatchObject({
    reason,
    logTail: reason === 'crashed' ? [...logTail, `QEMU stopped: ${signal ?? `code ${code}`}`] : logTail,
  });
});
