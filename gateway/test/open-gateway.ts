/** A gateway over a fake provider, with everything that it logs and reports kept for the test. */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { request as httpRequest, type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createForward } from '../forward';
import type { GatewayProvider } from '../../schema/gateway-api';
import { createGatewayServer } from '../gateway-server';
import { createLedger, type Ledger, type LedgerResponse } from '../ledger';
import { taskToken } from '../../node/task-token';
import { createUpstream } from '../upstream';

export const plantedKey = 'sk-planted-0123456789-abcdef';
export const taskId = 'task-1';
const secret = Buffer.alloc(32, 9);
export const token = taskToken(secret, taskId);

export interface OpenGateway {
  readonly port: number;
  readonly stateFolder: string;
  readonly logged: string[];
  readonly exchanges: LedgerResponse[];
  /** Resolves with the next exchange that ends */
  nextExchange(): Promise<LedgerResponse>;
  ledger(): Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

export const provider = (baseUrl: string, change: Partial<GatewayProvider> = {}): GatewayProvider => ({
  name: 'fake',
  label: 'Fake',
  baseUrl,
  api: 'openai-completions',
  apis: ['openai-completions'],
  key: plantedKey,
  needsKey: true,
  ...change,
});

export async function openGateway(providers: readonly GatewayProvider[], ca?: string): Promise<OpenGateway> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'piwork-gateway-'));
  mkdirSync(join(stateFolder, 'tasks', taskId), { recursive: true });
  const logged: string[] = [];
  const exchanges: LedgerResponse[] = [];
  let waiting: ((exchange: LedgerResponse) => void)[] = [];
  const kept = createLedger(stateFolder);
  const ledger: Ledger = {
    append: async (line) => {
      await kept.append(line);
      if (line.type !== 'response') return;
      exchanges.push(line);
      for (const tell of waiting) tell(line);
      waiting = [];
    },
  };
  const log = (error: unknown): void => void logged.push(String((error as Error).stack));
  const upstream = createUpstream(ca);
  const server = createGatewayServer({
    config: () => ({ key: secret.toString('hex'), providers: [...providers] }),
    tourPace: 0,
    onUnexpected: log,
    forward: createForward({
      upstream,
      ledger,
      now: Date.now,
      onUnexpected: log,
    }),
  });
  const port = await server.listen();
  return {
    port,
    stateFolder,
    logged,
    exchanges,
    nextExchange: () => new Promise((resolve) => waiting.push(resolve)),
    ledger: () =>
      readFileSync(join(stateFolder, 'tasks', taskId, 'ledger.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
    close: async () => {
      upstream.dispose();
      await server.close();
      // The last line of the ledger may not be written yet; it can be written only while nothing blocks.
      await rm(stateFolder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

/** A request to a gateway; the caller writes its body. */
export const sendHead = (
  { port }: OpenGateway,
  path: string,
  headers: OutgoingHttpHeaders = { authorization: `Bearer ${token}` },
  method = 'POST',
): ClientRequest => httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false });

export const responseTo = (request: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
  });

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Sends a complete request and reads the complete answer. Rejects when it is cut. */
export async function ask(
  gateway: OpenGateway,
  path: string,
  options: { headers?: OutgoingHttpHeaders; method?: string; body?: string } = {},
): Promise<Answer> {
  const request = sendHead(gateway, path, options.headers, options.method);
  request.end(options.body ?? (options.method === 'GET' ? undefined : '{}'));
  const response = await responseTo(request);
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

export const errorOf = ({ body }: Answer): string => (JSON.parse(body) as { error: { message: string } }).error.message;
