/** Listens to the contract beside the page: every message that the host sends, as text. */
import { readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { appApi } from '../../schema/app-api';
import { connect } from '../../schema/rpc-client';
import type { Transport } from '../../schema/transport';
import { jsonlTransport } from '../../schema/transports/jsonl-stream';

export interface Recording {
  readonly messages: readonly string[];
  stop(): void;
}

/** Connects to a host's own socket, asks for its snapshot, and records what arrives. */
export async function recordMessages(home: string): Promise<Recording> {
  const { socket } = z
    .object({ socket: z.string() })
    .parse(JSON.parse(await readFile(join(home, 'host.json'), 'utf8')));
  const received: string[] = [];
  const plain = jsonlTransport(createConnection(socket));
  const recording: Transport = {
    ...plain,
    onMessage: (listener) =>
      plain.onMessage((message) => {
        received.push(JSON.stringify(message));
        listener(message);
      }),
  };
  const connection = connect(appApi, recording, { isPeerTrusted: true });
  await connection.client['app.snapshot']({});
  return { messages: received, stop: () => connection.dispose() };
}
