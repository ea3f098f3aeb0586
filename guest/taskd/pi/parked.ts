/** A parked pi: fully loaded, warm, in its sandbox, and without a task. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { encodeLine } from '../../../schema/jsonl';
import { withoutOptimiser } from '../optimiser';
import { sandboxArguments } from '../sandbox/arguments';
import { openFilter } from '../sandbox/seccomp/open-filter';
import { relayGateway } from '../sandbox/gateway-relay';
import { inside, type Slot } from '../sandbox/layout';
import type { Slots } from '../sandbox/slots';
import { PiProcess } from './process';
import { rehearse, serveCannedModel } from './rehearsal';

export interface Parked {
  readonly process: PiProcess;
  readonly slot: Slot;
  readonly relay: Server;
  /** Moves the process to its folder and sets its environment, both for the next session. */
  assign(assignment: { cwd: string; env: Readonly<Record<string, string>> }): Promise<void>;
}

export interface ParkingOptions {
  readonly slots: Pick<Slots, 'make' | 'clear' | 'launch' | 'setPriority'>;
  readonly uid: number;
  readonly gid: number;
  readonly isRehearsed: boolean;
  readonly isEmulated: boolean;
  readonly gatewayPort: () => number | null;
  /** bubblewrap's program */
  readonly bwrap?: string;
  /** The sandbox's seccomp filter */
  readonly filterFile: string | null;
}

const supervisorDescriptor = 3;
const node = '/opt/node/bin/node';
const parkingProgram = '/opt/piwork/parking.mjs';
const piArguments = [
  ...['--mode', 'rpc', '--no-session', '--no-mcp'],
  ...['-e', '/opt/piwork/proxy.mjs', '--append-system-prompt', inside.folderPrompt],
];
const environment = {
  PI_CODING_AGENT_DIR: inside.agentFolder,
  PI_OFFLINE: '1',
  PI_TELEMETRY: '0',
  PIWORK_TOKEN: 'parked',
};

/** The configuration of a pi without a task: the canned model. */
export const parkingConfig = {
  'models.json': JSON.stringify({
    providers: {
      tour: {
        baseUrl: 'http://127.0.0.1:8317/tour/v1',
        api: 'openai-completions',
        apiKey: '$PIWORK_TOKEN',
        models: [{ id: 'tour', name: 'Tour' }],
      },
    },
  }),
  'settings.json': JSON.stringify({
    defaultProvider: 'tour',
    defaultModel: 'tour',
    quietStartup: true,
    defaultProjectTrust: 'never',
  }),
  'folders.md': 'No task yet.',
};

/** Writes pi's files into a slot's agent folder, readable by the sandbox. */
export async function writeAgentFiles(
  { agent }: Slot,
  files: Readonly<Record<string, string>>,
  { uid, gid }: { uid: number; gid: number },
): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(agent, name), text);
    await chown(join(agent, name), uid, gid);
  }
}

/**
 * Loads one at low priority. When `hurry` is aborted, a task waits for it: it gets normal priority, and what is only
 * rehearsal is left out. @throws Error with pi's output if pi ends instead; nothing of it is left then
 */
export async function park(options: ParkingOptions, hurry = new AbortController().signal): Promise<Parked> {
  const { slots, uid, gid, gatewayPort } = options;
  const slot = await slots.make();
  slots.setPriority(slot, hurry.aborted ? 'normal' : 'low');
  const model = await serveCannedModel(slot.gatewaySocket);
  let started: Started | null = null;
  try {
    started = await startPi(slot, options);
    await prepare({ ...started, slot }, options, hurry);
  } catch (error) {
    started?.process.kill();
    await started?.process.exited;
    await closeModel(model);
    await slots.clear(slot);
    throw error;
  }
  await closeModel(model);
  const { process, supervisor } = started;
  const relay = await relayGateway({ socket: slot.gatewaySocket, uid, gid, gatewayPort });
  return {
    process,
    slot,
    relay,
    assign: async (assignment) => {
      supervisor.write(encodeLine(assignment));
      await Promise.race([once(supervisor, 'data'), process.exited]);
    },
  };
}

interface Started {
  readonly process: PiProcess;
  /** Descriptor 3 of the process */
  readonly supervisor: Duplex;
}

async function startPi(slot: Slot, options: ParkingOptions): Promise<Started> {
  const { uid, gid, bwrap = 'bwrap' } = options;
  await writeAgentFiles(slot, parkingConfig, options);
  await chown(slot.gatewaySocket, uid, gid);
  const setenv = Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]);
  const program = [node, ...(options.isEmulated ? withoutOptimiser : []), parkingProgram];
  const filter = openFilter(options.filterFile, supervisorDescriptor + 1);
  const bubblewrap = [bwrap, ...sandboxArguments(slot), ...filter.words, ...setenv, '--', ...program, ...piArguments];
  const { file, words, owner } = options.slots.launch(slot, bubblewrap, { uid, gid });
  // Five streams are more than Node's types name.
  const child = spawn(file, words, {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', filter.stdio],
    ...owner,
  }) as ChildProcessWithoutNullStreams;
  filter.close();
  const process = new PiProcess({ child, stdin: child.stdin, stdout: child.stdout, stderr: child.stderr });
  const supervisor = child.stdio[supervisorDescriptor] as Duplex;
  // The channel ends with the process, and the process's exit is handled elsewhere.
  supervisor.on('error', () => undefined);
  return { process, supervisor };
}

/** Loads pi, and rehearses a run and the move to a task. Has normal priority at the end. */
async function prepare(
  { process, slot }: Pick<Parked, 'process' | 'slot'>,
  { slots, uid, gid, isRehearsed }: ParkingOptions,
  hurry: AbortSignal,
): Promise<void> {
  const startedAt = Date.now();
  const seconds = (): string => ((Date.now() - startedAt) / 1_000).toFixed(1);
  const raise = (): void => slots.setPriority(slot, 'normal');
  hurry.addEventListener('abort', raise);
  try {
    await process.request({ type: 'get_state' }).catch(async (error: unknown) => {
      const { stderr } = await process.end();
      throw new Error(`pi couldn't be loaded: ${stderr}`, { cause: error });
    });
    console.log(`taskd: loaded pi in ${seconds()} s`);
    if (isRehearsed && !hurry.aborted) await rehearse(process);
    if (!hurry.aborted) await rehearseMove(process, slot, { uid, gid });
  } finally {
    hurry.removeEventListener('abort', raise);
  }
  raise();
  console.log(`taskd: parked pi after ${seconds()} s`);
}

/** Moving to a task, with a session that is then deleted. */
async function rehearseMove(process: PiProcess, slot: Slot, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  const scratch = join(slot.sessions, 'rehearsal');
  await mkdir(scratch);
  await chown(scratch, uid, gid);
  await process.request({ type: 'switch_session', sessionPath: '/sessions/rehearsal/session.json' });
  await rm(scratch, { recursive: true });
}

async function closeModel(model: Awaited<ReturnType<typeof serveCannedModel>>): Promise<void> {
  model.closeAllConnections();
  model.close();
  await once(model, 'close');
}
