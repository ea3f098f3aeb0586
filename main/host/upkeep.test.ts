/** Over services controlled by the test. */
import { Listeners, type Disposable } from '../../schema/transport';
import type { VmStatus } from '../../schema/vm-api';
import { vmFailure } from '../../schema/vm-failures';
import type { Services } from './services';
import { idleStopMs, keepUp } from './upkeep';

const ready: VmStatus = { kind: 'ready', phases: [], pid: 7, port: 1, accelerator: 'tcg', startMs: 1 };
const crashed: VmStatus = { kind: 'failed', failure: vmFailure('crashed') };

function setStage() {
  const calls: string[] = [];
  const timers = new Set<{ ms: number; onDue: () => void }>();
  const call = (name: string) => () => {
    calls.push(name);
    return Promise.resolve();
  };
  const vm = {
    status: { kind: 'stopped' } as VmStatus,
    changed: new Listeners<VmStatus>(),
    ...{ start: call('start'), stop: call('stop'), shutDown: call('shutDown') },
  };
  const tasks = { isBusy: false, settled: new Listeners<unknown>() };
  const settings = {
    current: { asksBeforeChange: true, keepUpToMb: 2, growUpToGb: 1 },
    changed: new Listeners<unknown>(),
  };
  const files = {
    began: new Listeners<undefined>(),
    lost: new Listeners<undefined>(),
    client: {
      'files.configure': (policy: { keepUpToBytes: number }) => {
        calls.push(`configure ${policy.keepUpToBytes}`);
        return Promise.resolve({});
      },
    },
  };
  const logged: string[] = [];
  const log = { write: (_source: string, line: string) => logged.push(line) };
  const upkeep = keepUp({
    services: { vm, tasks, settings, files, log } as unknown as Services,
    now: () => 0,
    setTimer: (ms, onDue): Disposable => {
      const timer = { ms, onDue };
      timers.add(timer);
      return { dispose: () => timers.delete(timer) };
    },
  });
  const become = (status: VmStatus): void => {
    vm.status = status;
    vm.changed.emit(status);
  };
  const passTime = (): void => {
    for (const timer of [...timers]) {
      timers.delete(timer);
      timer.onDue();
    }
  };
  calls.length = 0;
  return { calls, timers, vm, tasks, settings, files, logged, upkeep, become, passTime };
}

test('an idle VM stops after a quarter of an hour', () => {
  const { become, timers, passTime, calls } = setStage();
  become(ready);
  expect([...timers].map(({ ms }) => ms)).toEqual([idleStopMs]);
  passTime();
  expect(calls).toEqual(['stop']);
});

test("a VM that works doesn't stop, and then the wait starts again", () => {
  const { become, timers, passTime, calls, tasks } = setStage();
  become(ready);
  tasks.isBusy = true;
  passTime();
  expect(calls).toEqual([]);
  expect(timers.size).toBe(1);
  tasks.isBusy = false;
  passTime();
  expect(calls).toEqual(['stop']);
});

test('the end of a run starts the wait again, and a VM that is gone has none', () => {
  const { become, timers, tasks } = setStage();
  become(ready);
  const [first] = timers;
  tasks.settled.emit(undefined);
  expect(timers.size).toBe(1);
  expect(timers.has(first!)).toBe(false);
  become({ kind: 'stopped' });
  expect(timers.size).toBe(0);
});

test('a crash restarts the VM, three times in ten minutes', () => {
  const { become, calls } = setStage();
  for (let crash = 0; crash < 5; crash++) become(crashed);
  expect(calls).toEqual(['start', 'start', 'start']);
});

test.each(['qemu_missing', 'pack_damaged', 'disk_full'] as const)("%s isn't retried", (reason) => {
  const { become, calls } = setStage();
  become({ kind: 'failed', failure: vmFailure(reason) });
  expect(calls).toEqual([]);
});

test('the loss of the file server stops the VM', () => {
  const { files, calls } = setStage();
  files.lost.emit(undefined);
  expect(calls).toEqual(['shutDown']);
});

test('a file server that replaces another gets the present settings', () => {
  const { files, settings, calls } = setStage();
  settings.current = { ...settings.current, keepUpToMb: 5 };
  files.lost.emit(undefined);
  calls.length = 0;
  files.began.emit(undefined);
  expect(calls).toEqual([`configure ${5 * 1024 ** 2}`]);
});

test('after dispose, nothing is done', () => {
  const { become, calls, timers, upkeep, files, settings } = setStage();
  become(ready);
  upkeep.dispose();
  expect(timers.size).toBe(0);
  become(crashed);
  files.lost.emit(undefined);
  settings.changed.emit(undefined);
  expect(calls).toEqual([]);
});
