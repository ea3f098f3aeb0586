/** QMP, QEMU's machine protocol: JSON lines on a private unix socket that QEMU connects to. */
import type { Socket } from 'node:net';
import { z } from 'zod';
import { jsonlTransport } from '../schema/transports/jsonl-stream';

const reply = z.union([
  z.object({ QMP: z.unknown() }),
  z.object({ return: z.unknown(), id: z.string() }),
  z.object({ error: z.object({ class: z.string(), desc: z.string() }), id: z.string() }),
  z.object({ event: z.string(), data: z.unknown().optional() }),
]);

/** QEMU refused a command, or ended before it answered. */
export class QmpError extends Error {
  constructor(
    readonly command: string,
    readonly description: string,
  ) {
    super(`QEMU refused ${command}: ${description}`);
    this.name = 'QmpError';
  }
}

export interface Qmp {
  /** @throws QmpError */
  execute(command: string, parameters?: Record<string, unknown>): Promise<unknown>;
  close(): void;
}

/** Negotiates capabilities, then sends commands; each gets one answer. */
export async function openQmp(socket: Socket): Promise<Qmp> {
  const transport = jsonlTransport(socket);
  const pending = new Map<string, { command: string; resolve(value: unknown): void; reject(error: QmpError): void }>();
  let lastId = 0;
  let closedBecause: string | null = null;

  const settle = (message: unknown): void => {
    const parsed = reply.safeParse(message);
    if (!parsed.success || !('id' in parsed.data)) return;
    const call = pending.get(parsed.data.id);
    pending.delete(parsed.data.id);
    if ('error' in parsed.data) call?.reject(new QmpError(call.command, parsed.data.error.desc));
    else call?.resolve(parsed.data.return);
  };

  const execute = (command: string, parameters?: Record<string, unknown>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closedBecause !== null) return reject(new QmpError(command, closedBecause));
      const id = `q${++lastId}`;
      pending.set(id, { command, resolve, reject });
      transport.send({ execute: command, id, ...(parameters ? { arguments: parameters } : {}) });
    });

  transport.onClose((reason) => {
    closedBecause = reason;
    for (const call of pending.values()) call.reject(new QmpError(call.command, reason));
    pending.clear();
  });
  await new Promise<void>((resolve, reject) => {
    const greeting = transport.onMessage((message) => {
      if (typeof message !== 'object' || message === null || !('QMP' in message)) return;
      greeting.dispose();
      resolve();
    });
    transport.onClose((reason) => reject(new QmpError('the greeting', reason)));
  });
  transport.onMessage(settle);
  await execute('qmp_capabilities');
  return { execute, close: () => transport.close() };
}

const migrationStatus = z.object({ status: z.string().optional(), 'error-desc': z.string().optional() });
const runStatus = z.object({ status: z.string() });

const ignoreSharedMemory = {
  capabilities: [{ capability: 'x-ignore-shared', state: true }],
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Pauses the guest and streams its device state to a unix socket. The memory stays in its file. */
export async function saveState(qmp: Qmp, stateSocket: string): Promise<void> {
  await qmp.execute('stop');
  await qmp.execute('migrate-set-capabilities', ignoreSharedMemory);
  await qmp.execute('migrate', { uri: `unix:${stateSocket}` });
  // QEMU reports the end of a migration only when asked, or by an event that is off by default in 7.2.
  for (;;) {
    const { status, 'error-desc': description } = migrationStatus.parse(await qmp.execute('query-migrate'));
    if (status === 'completed') return;
    if (status === 'failed' || status === 'cancelled') throw new QmpError('migrate', description ?? status);
    await pause(5);
  }
}

/** Loads device state from a unix socket that QEMU will listen on, then lets the guest run. */
export async function loadState(qmp: Qmp, stateSocket: string, feed: () => Promise<void>): Promise<void> {
  await qmp.execute('migrate-set-capabilities', ignoreSharedMemory);
  await qmp.execute('migrate-incoming', { uri: `unix:${stateSocket}` });
  await feed();
  for (;;) {
    const { status } = runStatus.parse(await qmp.execute('query-status'));
    if (status !== 'inmigrate') break;
    await pause(2);
  }
  await qmp.execute('cont');
}
