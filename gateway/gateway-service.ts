/**
 * The gateway, as its worker serves it: the HTTP server, the connections to providers and the ledger behind one
 * contract.
 */
import type { Handlers } from '../schema/rpc';
import { serve } from '../schema/rpc-server';
import type { Disposable, Transport } from '../schema/transport';
import { createForward } from './forward';
import { gatewayApi, type GatewayApi, type GatewayWorkerConfig, type GatewayConfig } from '../schema/gateway-api';
import { createGatewayServer } from './gateway-server';
import { createLedger } from './ledger';
import { testProvider, type Fetch } from './provider-test';
import { maskKey } from './mask-key';
import { createUpstream } from './upstream';

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** A fetch that logs its errors: the person reads messages without network codes. */
const loggedFetch =
  (log: (error: unknown) => void): Fetch =>
  async (url, init) => {
    try {
      return await fetch(url, init);
    } catch (error) {
      log(error);
      throw error;
    }
  };

/** Serves the contract on a transport. Listens only after `gateway.start`. */
export function serveGateway({ stateFolder, tourPace }: GatewayWorkerConfig, transport: Transport): Disposable {
  let config: GatewayConfig = { key: null, providers: [] };
  const upstream = createUpstream();

  const log = (error: unknown): void => {
    // An error may quote what it failed on, so remove any key before logging it.
    const line = config.providers.reduce((text, { key }) => maskKey(text, key), describe(error));
    served.emit({ event: 'gateway.log', payload: { line } });
  };
  const server = createGatewayServer({
    config: () => config,
    tourPace,
    onUnexpected: log,
    forward: createForward({
      upstream,
      ledger: createLedger(stateFolder),
      now: Date.now,
      onUnexpected: log,
    }),
  });

  const handlers: Handlers<GatewayApi> = {
    'gateway.configure': (next) => {
      config = next;
      return Promise.resolve({});
    },
    'gateway.start': async () => ({ port: await server.listen() }),
    'gateway.stop': async () => {
      await server.close();
      return {};
    },
    'gateway.test': (question) => testProvider(question, loggedFetch(log)),
  };
  const served = serve(gatewayApi, handlers, transport, { onUnexpected: log });

  const end = (): void => {
    upstream.dispose();
    void server.close();
  };
  served.onClose(end);
  return served;
}
