/** What each `taskd-api` command does. */
import { freemem, totalmem, uptime } from 'node:os';
import { readFile } from 'node:fs/promises';
import { RpcError, toWireError } from '../../../schema/errors';
import { taskdProtocol } from '../../../schema/handshake';
import type { Handlers } from '../../../schema/rpc';
import { commandsNotBuilt, taskError, type CommandNotBuilt, type TaskdApi } from '../../../schema/taskd-api';
import { describeProcess } from '../process-name';
import { runInSandbox } from '../sandbox/command';
import { entriesOf } from '../tasks/pi-answers';
import type { TaskRegistry } from '../tasks/registry';
import type { TaskServices } from '../tasks/services';
import type { Task } from '../tasks/task';
import type { Authentication } from './authenticate';
import type { SentEvents } from './sent-events';

export interface HandlerContext {
  readonly authentication: Authentication;
  readonly tasks: TaskRegistry;
  readonly services: TaskServices;
  readonly build: string;
  readonly sent: Pick<SentEvents, 'dropped'>;
}

const notBuilt = Object.fromEntries(
  commandsNotBuilt.map((name) => [
    name,
    () => Promise.reject(new RpcError('NOT_SUPPORTED', `${name} isn't supported yet.`)),
  ]),
) as unknown as Pick<Handlers<TaskdApi>, CommandNotBuilt>;

async function residentBytes(pid: number): Promise<number> {
  const pages = await readFile(`/proc/${pid}/statm`, 'utf8').then(
    (text) => Number(text.split(' ')[1] ?? 0),
    () => 0,
  );
  return pages * 4096;
}

/** Opening reports most things by events; this reports the rest. */
async function tellSwitch(task: Task, services: TaskServices): Promise<void> {
  const { taskId } = task;
  const isOpen = task.isOpen;
  services.emit({ event: 'task_switch_started', taskId, payload: {} });
  try {
    const mode = await task.open({});
    if (isOpen) services.emit({ event: 'task_ready', taskId, payload: { mode } });
  } catch (error) {
    const { code, message } = toWireError(error);
    if (code !== 'TASK_BOOTSTRAP_FAILED')
      services.emit({ event: 'task_error', taskId, payload: taskError(code, message) });
  }
}

export function createHandlers({ authentication, tasks, services, build, sent }: HandlerContext): Handlers<TaskdApi> {
  const built: Omit<Handlers<TaskdApi>, CommandNotBuilt> = {
    hello: async ({ protocol, challenge }) => {
      if (protocol !== taskdProtocol) {
        throw new RpcError('PROTOCOL_MISMATCH', `The guest speaks version ${taskdProtocol}, the host ${protocol}.`);
      }
      return Promise.resolve(authentication.hello(challenge));
    },
    hello_proof: async ({ proof }) => {
      authentication.prove(proof);
      return Promise.resolve({ authenticated: true });
    },
    create_or_open_task: async ({ taskId, ...options }) => {
      const task = tasks.findOrAdd(taskId);
      const mode = await task.open(options);
      return { taskId, state: task.snapshot().state, mode };
    },
    switch_task: async ({ taskId }) => {
      const task = tasks.find(taskId);
      // After the answer has been sent.
      setImmediate(() => void tellSwitch(task, services));
      return Promise.resolve({ status: 'switching' });
    },
    prompt: async ({ taskId, message, promptId, images = [] }) => {
      const piImages = images.map(({ mimeType, dataBase64 }) => ({ type: 'image', mimeType, data: dataBase64 }));
      const disposition = await tasks.find(taskId).prompt(message, promptId, piImages);
      return { accepted: true, taskId, promptId, disposition };
    },
    abort: async ({ taskId }) => ({ aborted: await tasks.find(taskId).abort() }),
    runtime_get_state: async () => Promise.resolve({ build, tasks: tasks.all.map((task) => task.snapshot()) }),
    runtime_diag: async () => ({
      uptimeSeconds: uptime(),
      memoryTotalBytes: totalmem(),
      memoryFreeBytes: freemem(),
      parked: await services.lot.countAnswering(),
      droppedEvents: sent.dropped,
      lostRecords: tasks.all.reduce((sum, task) => sum + (task.process?.lostRecords ?? 0), 0),
      processes: await Promise.all(
        tasks.all.flatMap(({ process, taskId }) =>
          process ? [residentBytes(process.pid).then((rssBytes) => ({ pid: process.pid, taskId, rssBytes }))] : [],
        ),
      ),
      versions: { node: process.versions.node, build },
      mounts: (await readFile('/proc/mounts', 'utf8')).split('\n').filter((line) => line !== ''),
    }),
    pi_get_available_models: async ({ taskId }) => ({ models: await tasks.find(taskId).models() }),
    pi_set_model: async ({ taskId, model, thinkingLevel }) => ({
      model: await tasks.find(taskId).setModel(model, thinkingLevel),
    }),
    extension_ui_response: async ({ taskId, id, answer }) =>
      Promise.resolve({ accepted: tasks.find(taskId).answer(id, answer) }),
    describe_process: async ({ pid }) => ({ command: await describeProcess(pid) }),
    tell_agent: async ({ taskId, text }) => ({ told: await tasks.find(taskId).tellAgent(text) }),
    system_bash: async ({ taskId, command, cwd, timeoutMs }) => {
      const task = tasks.find(taskId);
      if (task.slotFolder === null) throw new RpcError('TASK_NOT_READY', 'The task is not open. Open it first.');
      const { uid, gid, slots, filterFile } = services;
      const where = cwd ?? task.snapshot().cwd;
      return runInSandbox({ slotFolder: task.slotFolder, command, cwd: where, timeoutMs, uid, gid, slots, filterFile });
    },
    get_entries: async ({ taskId, since }) => {
      return entriesOf(await tasks.find(taskId).entries(since));
    },
    stop_task: async ({ taskId }) => {
      await tasks.find(taskId).stop();
      return { state: 'stopped' };
    },
  };
  return { ...built, ...notBuilt };
}
