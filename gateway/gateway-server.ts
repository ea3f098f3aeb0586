/**
 * The gateway's HTTP server on the host's loopback.
 *
 * Each request: token (401) → provider (404) → the tour, or `forward`. It gets keys only from `config`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GatewayConfig, GatewayProvider } from '../schema/gateway-api';
import { refuse, type Refusal } from './refusal';
import { readRequestTarget, type RequestTarget } from './request-target';
import { taskOfToken } from '../node/task-token';
import { offeredTokens } from './offered-tokens';
import { serveTour } from './tour/tour-endpoint';

export interface ForwardRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly taskId: string;
  readonly provider: GatewayProvider;
  readonly target: RequestTarget;
}

export interface GatewayServerOptions {
  /** Read again for each request */
  readonly config: () => GatewayConfig;
  readonly forward: (forward: ForwardRequest) => Promise<void>;
  /** Factor for the tour's pauses */
  readonly tourPace: number;
  readonly onUnexpected: (error: unknown) => void;
}

export interface GatewayServer {
  /** Listens on a free port of 127.0.0.1 and resolves with it. */
  listen(): Promise<number>;
  /** Cuts every connection and resolves when the port is free. */
  close(): Promise<void>;
}

const badTarget: Refusal = {
  status: 400,
  code: 'bad_target',
  message: 'The gateway serves only addresses like /<provider>/<path>.',
};
const noToken: Refusal = { status: 401, code: 'no_token', message: 'This request has no valid task token.' };

const unknownProvider = (name: string): Refusal => ({
  status: 404,
  code: 'unknown_provider',
  message: `There is no provider ${name}. Add it in Settings, or choose another provider's model.`,
});

const tourRefusal: Refusal = {
  status: 403,
  code: 'endpoint_refused',
  message: 'The tour serves only chat completions and its list of models.',
};

const isTourEndpoint = (method: string, path: string): boolean =>
  (method === 'POST' && /^(?:\/v1)?\/chat\/completions$/.test(path)) ||
  (method === 'GET' && /^(?:\/v1)?\/models$/.test(path));

/** Builds the server, without listening yet. */
export function createGatewayServer({ config, forward, tourPace, onUnexpected }: GatewayServerOptions): GatewayServer {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = readRequestTarget(request.url ?? '');
    if (!target) return refuse(response, badTarget);
    const { key, providers } = config();
    const secret = Buffer.from(key ?? '', 'hex');
    const taskId =
      key === null
        ? undefined
        : offeredTokens(request.headers, target.query)
            .map((token) => taskOfToken(secret, token))
            .find((task) => task !== null);
    if (taskId === undefined) return refuse(response, noToken);
    if (target.provider === 'tour') {
      if (!isTourEndpoint(request.method ?? '', target.path)) return refuse(response, tourRefusal);
      return serveTour(request, response, { pace: tourPace });
    }
    const provider = providers.find(({ name }) => name === target.provider);
    if (!provider) return refuse(response, unknownProvider(target.provider));
    return forward({ request, response, taskId, provider, target });
  };

  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A guest that leaves during its request isn't our error.
      if (!request.destroyed || request.complete) onUnexpected(error);
      refuse(response, { status: 500, code: 'internal_error', message: 'The gateway failed on this request.' });
    });
  });
  // No tunnels and no protocol changes: both would carry bytes around every check above.
  server.on('connect', (_request, socket) => socket.destroy());
  server.on('upgrade', (_request, socket) => socket.destroy());

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
