/**
 * Decides whether a request may leave, records it in the ledger, and passes it on.
 *
 * Order: endpoint allowed → key there → announced body not too large → ledger line written → connection opened. Drops
 * the guest's credentials, adds the person's, and masks their key in the answer.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { credentialHeaders } from './credentials';
import { isAllowedEndpoint } from './endpoints';
import type { GatewayProvider } from '../schema/gateway-api';
import type { ForwardRequest } from './gateway-server';
import type { Ledger, LedgerResponse } from './ledger';
import { passedRequestHeaders } from './passed-headers';
import { requestBodyCap } from './read-body';
import { refuse, type Refusal } from './refusal';
import { relay, tooLarge } from './relay';
import type { Upstream } from './upstream';
import { upstreamUrl } from './upstream-url';

export interface ForwardOptions {
  readonly upstream: Upstream;
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly onUnexpected: (error: unknown) => void;
}

const refuseEndpoint = ({ label }: GatewayProvider, method: string, path: string): Refusal => ({
  status: 403,
  code: 'endpoint_refused',
  message: `Piwork sends only model requests to ${label}, so ${method} ${path} was refused.`,
});

const noKey = ({ label }: GatewayProvider): Refusal => ({
  status: 403,
  code: 'no_key',
  message: `Add a key for ${label} in Settings, or choose another model.`,
});

const noLedger: Refusal = {
  status: 507,
  code: 'ledger_unwritable',
  message:
    "Piwork couldn't write to its log of what leaves this computer, so nothing was sent. Check whether the disk is full.",
};

const announcedBytes = ({ headers }: IncomingMessage): number | null => {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
};

function refusalOf({ request, provider, target }: ForwardRequest): Refusal | null {
  const method = request.method ?? '';
  if (!isAllowedEndpoint(provider.apis, method, target.path)) return refuseEndpoint(provider, method, target.path);
  if (provider.key === null && provider.needsKey) return noKey(provider);
  return (announcedBytes(request) ?? 0) > requestBodyCap ? tooLarge : null;
}

/** Makes the `forward` of a gateway server. */
export function createForward({ upstream, ledger, now, onUnexpected }: ForwardOptions) {
  return async (forward: ForwardRequest): Promise<void> => {
    const { request, response, taskId, provider, target } = forward;
    const refusal = refusalOf(forward);
    if (refusal) return refuse(response, refusal);

    const url = upstreamUrl(provider.baseUrl, target.path, target.query);
    const method = request.method ?? '';
    const announced = announcedBytes(request);
    const id = randomUUID();
    const at = now();
    const what = { provider: provider.name, host: url.host, method, path: url.pathname, requestBytes: announced };
    try {
      await ledger.append({ type: 'request', id, at, taskId, ...what });
    } catch (error) {
      onUnexpected(error);
      return refuse(response, noLedger);
    }

    const outgoing = upstream.open(method, url, {
      ...passedRequestHeaders(request.headers),
      ...credentialHeaders(provider.api, provider.key),
      // The key couldn't be found in a compressed answer.
      'accept-encoding': 'identity',
      ...(announced !== null && { 'content-length': String(announced) }),
    });
    const { label, key, api } = provider;
    const relayed = await relay({ request, response, outgoing, host: url.host, key, api, label, onUnexpected });
    const end: LedgerResponse = { type: 'response', id, at: now(), taskId, ...relayed, durationMs: now() - at };
    await ledger.append(end).catch(onUnexpected);
  };
}
