/** Events through a contract over loopback, parsed on arrival, against an echo of the same bytes. */
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { encodeLine } from '../schema/jsonl';
import { connect } from '../schema/rpc-client';
import { serve } from '../schema/rpc-server';
import type { Handlers } from '../schema/rpc';
import { taskdApi, type TaskdApi } from '../schema/taskd-api';
import type { Transport } from '../schema/transport';
import { jsonlTransport } from '../schema/transports/jsonl-stream';
import { messagePortTransport } from '../schema/transports/message-port';
import { bridgeGuest } from '../vm/guest-bridge';
import { median, publish } from './table';

const events = 50_000;
const rounds = 5;
const delta = 'x'.repeat(80);
const payload = { kind: 'text_delta', messageId: 'm1-1', delta } as const;

async function listen(onSocket: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer(onSocket);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

const direct = (guest: Transport): Transport => guest;

/** As main connects to it: through the VM worker's bridge and a port. */
function bridged(guest: Transport): Transport {
  const { port1, port2 } = new MessageChannel();
  bridgeGuest(
    guest,
    messagePortTransport(port1, () => port1.close()),
  );
  return messagePortTransport(port2, () => port2.close());
}

/** Events per second from emit to parsed event. */
async function contractRate(over: (guest: Transport) => Transport): Promise<number> {
  const { server, port } = await listen((socket) => {
    const served = serve(taskdApi, {} as Handlers<TaskdApi>, jsonlTransport(socket));
    for (let sent = 0; sent < events; sent++) served.emit({ event: 'agent_output', taskId: 'bench', payload });
  });
  const startedAt = performance.now();
  const link = connect(taskdApi, over(jsonlTransport(createConnection({ port, host: '127.0.0.1' }))));
  await new Promise<void>((resolve) => {
    let received = 0;
    link.onEvent(() => {
      if (++received === events) resolve();
    });
  });
  const seconds = (performance.now() - startedAt) / 1000;
  link.dispose();
  server.close();
  return events / seconds;
}

/** The same bytes to an echo and back, in events per second. */
async function echoRate(): Promise<number> {
  const { server, port } = await listen((socket) => void socket.pipe(socket));
  const text = encodeLine({
    type: 'event',
    event: 'agent_output',
    taskId: 'bench',
    payload,
    seq: 0,
    timestamp: Date.now(),
  });
  const bytes = Buffer.from(text.repeat(events));
  const startedAt = performance.now();
  const socket = createConnection({ port, host: '127.0.0.1' });
  socket.write(bytes);
  await new Promise<void>((resolve) => {
    let received = 0;
    socket.on('data', (chunk) => {
      received += chunk.length;
      if (received >= bytes.length) resolve();
    });
  });
  const seconds = (performance.now() - startedAt) / 1000;
  socket.destroy();
  server.close();
  return events / seconds;
}

export async function benchRpc(): Promise<void> {
  const contract: number[] = [];
  const overBridge: number[] = [];
  const echo: number[] = [];
  for (let round = 0; round < rounds; round++) {
    contract.push(await contractRate(direct));
    overBridge.push(await contractRate(bridged));
    echo.push(await echoRate());
  }
  const bytesPerEvent = encodeLine({
    type: 'event',
    event: 'agent_output',
    taskId: 'bench',
    payload,
    seq: 0,
    timestamp: Date.now(),
  }).length;
  const megabytes = (rates: readonly number[]): number[] => rates.map((rate) => (rate * bytesPerEvent) / 1e6);
  await publish({
    bench: 'rpc',
    figures: [
      { name: 'events through the contract', unit: 'per s', values: contract },
      { name: "the same through the VM worker's bridge, in one thread", unit: 'per s', values: overBridge },
      { name: 'events through the contract, in bytes', unit: 'MB/s', values: megabytes(contract) },
      { name: 'control: echo of the same bytes', unit: 'MB/s', values: megabytes(echo) },
    ],
    ratios: [
      { name: 'echo ÷ contract', value: median(echo) / median(contract) },
      { name: 'contract ÷ bridge', value: median(contract) / median(overBridge) },
    ],
  });
}
