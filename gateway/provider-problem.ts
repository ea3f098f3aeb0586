/** Works out what is wrong from a provider's answer to a test, and what to do. Pure. */
import type { ProviderCause } from '../schema/gateway-api';
import { parseJson, providerWords } from '../schema/provider-words';

export interface ProviderProblem {
  readonly cause: ProviderCause;
  /** What is wrong and what to do, for people */
  readonly message: string;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly body: string;
}

export interface Asked {
  readonly label: string;
  readonly host: string;
  readonly model: string;
}

const said = (body: string): string => {
  const words = providerWords(body);
  return words === '' ? '' : ` It says: ${words}`;
};

const noCredit = /insufficient_quota|credit balance|billing|out of credit|exceeded your current quota|payment/i;
const badKey = /api.?key|authenticat|unauthori[sz]ed|credential|permission/i;
const badModel = /model/i;

/** What is wrong with an answer, or `null` when it shows that provider, key and model work. */
export function problemOf({ status, body }: ProviderAnswer, { label, host, model }: Asked): ProviderProblem | null {
  const isApi = parseJson(body) !== undefined;
  const problem = (cause: ProviderCause, message: string): ProviderProblem => ({ cause, message });
  const wrongUrl = problem(
    'wrong_url',
    `${host} doesn't answer like a model API (HTTP ${status}). Check the base URL of ${label}; it often ends with /v1.`,
  );
  const keyRefused = problem(
    'key_refused',
    `${label} rejected the key (HTTP ${status}). Enter it again, or create a new one at ${label}.${said(body)}`,
  );

  if (status >= 200 && status < 300) return isApi ? null : wrongUrl;
  if (status >= 300 && status < 400) return wrongUrl;
  if (status === 402 || ((status === 400 || status === 403 || status === 429) && noCredit.test(body))) {
    return problem('no_credit', `Your ${label} account has no credit left. Add credit there.${said(body)}`);
  }
  if (status === 401 || status === 403 || (status === 400 && badKey.test(body))) return keyRefused;
  if (status === 429) {
    return problem('rate_limited', `${label} is limiting your requests. Wait a minute and try again.${said(body)}`);
  }
  if ((status === 400 || status === 404 || status === 422) && isApi && badModel.test(body)) {
    return problem('model_unknown', `${label} has no model ${model}. Choose another one.${said(body)}`);
  }
  if (status === 404 || status === 405 || !isApi) {
    if (status < 500) return wrongUrl;
  }
  if (status >= 500) {
    return problem(
      'provider_failed',
      `${label} has a problem of its own (HTTP ${status}). Try again later.${said(body)}`,
    );
  }
  return problem('refused', `${label} rejected the request (HTTP ${status}).${said(body)}`);
}
