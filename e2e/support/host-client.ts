/** The test's own client of the host: queries and prepares through the contract, as the terminal does. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { connectLocally } from '../../main/running-host/local-client';
import type { AppApi } from '../../schema/app-api';
import type { Connection } from '../../schema/rpc-client';

export type HostConnection = Connection<AppApi>;

const record = z.object({ socket: z.string() });

/** Connects to the running host of a state folder. */
export async function connectToHost(home: string): Promise<HostConnection> {
  const { socket } = record.parse(JSON.parse(await readFile(join(home, 'host.json'), 'utf8')));
  return connectLocally(socket);
}
