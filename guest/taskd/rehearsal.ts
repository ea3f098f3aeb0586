/**
 * The supervisor's own rehearsal, before the template is saved: acts as a host that says hello, opens a task and asks
 * for diagnostics, so that this code is warm when a person waits for it.
 */
import { randomBytes } from 'node:crypto';
import { chown, mkdir, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { prove } from '../../node/proof';
import { agentUser, hostControl } from '../../schema/control-port';
import { handshakeText, taskdProtocol } from '../../schema/handshake';
import { connect } from '../../schema/rpc-client';
import { taskdApi, taskdPort } from '../../schema/taskd-api';
import { jsonlTransport } from '../../schema/transports/jsonl-stream';
import { parkingConfig } from './pi/parked';
import { listenForHost, type ListenOptions } from './server/listen';
import type { SystemCalls } from './system-calls';
import { taskFolders } from './tasks/folders';

const taskId = 'rehearsal';
/** taskd ends an opening that is stuck; a slow computer takes its time. */
const openDeadlineMs = 15 * 60_000;

/** What a host sends after a resume, with no real values in it. */
const emptyStart = {
  type: 'start',
  key: '0'.repeat(64),
  timeZone: 'UTC',
  entropy: Buffer.alloc(64).toString('base64'),
  gatewayPort: 1,
} as const;

/** Clock and random pool, as after a resume. */
async function rehearseStart(system: SystemCalls): Promise<void> {
  const start = hostControl.parse({ ...emptyStart, nowMs: Date.now() });
  if (start.type === 'start') await system.wake(start);
}

/** Leaves only warm code behind; at this point the task's folders exist only in the guest. */
export async function rehearseSupervisor(system: SystemCalls, options: Omit<ListenOptions, 'key'>): Promise<void> {
  await rehearseStart(system);
  const key = randomBytes(32);
  const folders = taskFolders(taskId);
  for (const path of [folders.session, folders.outputs, folders.uploads, folders.folder]) {
    await mkdir(path, { recursive: true });
    await chown(path, agentUser.uid, agentUser.gid);
  }
  const server = await listenForHost({ ...options, key });
  const link = connect(taskdApi, jsonlTransport(createConnection({ port: taskdPort, host: '127.0.0.1' })));
  const { client } = link;
  const challenge = randomBytes(32).toString('hex');
  const guest = await client.hello({ protocol: taskdProtocol, build: options.build, challenge });
  await client.hello_proof({ proof: prove(key, handshakeText('host', challenge, guest.challenge)) });
  const piConfig = { models: parkingConfig['models.json'], settings: parkingConfig['settings.json'] };
  await client.create_or_open_task(
    { taskId, model: 'tour/tour', hasWorkingFolder: true, piConfig },
    { timeoutMs: openDeadlineMs },
  );
  await client.system_bash({ taskId, command: 'true' });
  await client.runtime_get_state({});
  await client.runtime_diag({});
  await client.stop_task({ taskId });
  link.dispose();
  await server.close();
  options.tasks.forget(taskId);
  await rm(join(folders.session, '..'), { recursive: true, force: true });
}
