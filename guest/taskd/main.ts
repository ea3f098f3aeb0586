/**
 * taskd: the guest's supervisor. Parks pi processes, waits for the host's start, then serves the taskd port.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, totalmem } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { agentUser, type HostControl } from '../../schema/control-port';
import { readBootOptions } from './boot-options';
import { openControlPort } from './control-port';
import { ParkingLot } from './pi/parking-lot';
import { optimiseLater } from './optimiser';
import { mountFiles, prepareFiles, syncFiles } from './files-mount';
import { ControlGroups } from './sandbox/control-groups';
import { filesRoot } from './sandbox/layout';
import { limitsOf, sharedMemory } from './sandbox/limits';
import { seccompFilter } from './sandbox/seccomp/filter';
import { Slots } from './sandbox/slots';
import { taskToken } from '../../node/task-token';
import { rehearseSupervisor } from './rehearsal';
import { listenForHost, type TaskdServer } from './server/listen';
import { TaskRegistry } from './tasks/registry';
import type { TaskServices } from './tasks/services';
import { SystemCalls } from './system-calls';

type Start = Extract<HostControl, { type: 'start' }>;

const { uid, gid } = agentUser;
const { parked, isRehearsed, isEmulated, build } = readBootOptions(readFileSync('/proc/cmdline', 'utf8'));
const limits = limitsOf(totalmem());
const groups = new ControlGroups();
groups.prepare(sharedMemory(totalmem()));
const filterFile = '/run/piwork/seccomp.bpf';
mkdirSync('/run/piwork', { recursive: true });
writeFileSync(filterFile, seccompFilter(arch() === 'arm64' ? 'arm64' : 'x64'));
const log = (line: string): void => console.log(`taskd: ${line}`);

let started: Start | null = null;
let server: TaskdServer | null = null;
let generation = 0;
let filesMounted: Promise<void> = Promise.resolve();

/** How long the last writes may take to reach the host; a host that is gone accepts nothing. */
const syncDeadlineMs = 5_000;

const key = (): Buffer => Buffer.from(started?.key ?? '', 'hex');
const system = new SystemCalls();
const slots = new Slots(system, filesRoot, groups, limits);
const parking = {
  slots,
  filterFile,
  uid,
  gid,
  isRehearsed,
  isEmulated,
  gatewayPort: () => started?.gatewayPort ?? null,
};
const lot = new ParkingLot(parking, (error) => log(String(error)));
const services: TaskServices = {
  lot,
  slots,
  filesRoot,
  filterFile,
  uid,
  gid,
  emit: (event) => server?.emit(event),
  nextGeneration: () => ++generation,
  gatewayToken: (taskId) => taskToken(key(), taskId),
  timeZone: () => started?.timeZone ?? 'UTC',
  filesMounted: () => filesMounted,
  syncFiles: () => Promise.race([syncFiles(), wait(syncDeadlineMs)]),
  onParkingFailure: (error) => log(String(error)),
};
const tasks = new TaskRegistry(services);
async function start(message: Start): Promise<void> {
  await system.wake(message);
  started = message;
  optimiseLater();
  // Not awaited here: only opening a task waits for it, so `hello` doesn't.
  filesMounted = mountFiles(system);
  filesMounted.catch((error: unknown) => log(String(error)));
  server = await listenForHost({ key: key(), build, tasks, services, log });
}

/** Ending taskd powers off the guest: init does the rest. */
async function shutDown(reason: string): Promise<void> {
  log(`shutting down: ${reason}`);
  await tasks.stopAll();
  await services.syncFiles();
  // A normal exit would wait for the read that blocks on the control port.
  process.kill(process.pid, 'SIGKILL');
}

async function main(): Promise<void> {
  const control = await openControlPort({
    onMessage: (message) => {
      if (message.type === 'shutdown') return void shutDown('the host asked for it');
      start(message).then(
        () => control.send({ type: 'started' }),
        (error: unknown) => control.send({ type: 'failed', message: String(error) }),
      );
    },
    onHostGone: () => void shutDown('the host is gone'),
  });
  try {
    await prepareFiles(system);
    await lot.fill(parked);
    if (isRehearsed) {
      await rehearseSupervisor(system, { build, tasks, services, log });
      await lot.fill(parked);
      // Each answers once, because the first answer is slow under emulation and the template keeps warm code.
      await lot.countAnswering();
    }
    control.send({ type: 'parked', count: parked });
  } catch (error) {
    log(String(error));
    control.send({ type: 'failed', message: String(error) });
  }
}

void main();
