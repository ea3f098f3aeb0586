/** Asks a provider for one short answer, to check whether address, key and model work. */
import type { ProviderApi } from '../schema/providers';
import type { ProviderCause, ProviderTest, ProviderTestResult } from '../schema/gateway-api';
import { credentialHeaders } from './credentials';
import { networkProblem } from './network-error';
import { maskKey } from './mask-key';
import { upstreamUrl } from './upstream-url';
import { problemOf } from './provider-problem';

export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

const timeoutMs = 30_000;
const question = 'Answer with one word: ready';
/** Enough for one word, and the minimum that some providers accept */
const answerTokens = 16;

interface Question {
  readonly path: string;
  readonly body: object;
}

function questionFor(api: ProviderApi, model: string): Question {
  const messages = [{ role: 'user', content: question }];
  switch (api) {
    case 'anthropic-messages':
      return { path: '/v1/messages', body: { model, max_tokens: answerTokens, messages } };
    case 'openai-completions':
      return { path: '/chat/completions', body: { model, max_tokens: answerTokens, messages } };
    case 'openai-responses':
      return { path: '/responses', body: { model, max_output_tokens: answerTokens, input: question, store: false } };
    case 'google-generative-ai':
      return {
        path: `/models/${model}:generateContent`,
        body: {
          contents: [{ role: 'user', parts: [{ text: question }] }],
          generationConfig: { maxOutputTokens: answerTokens },
        },
      };
  }
}

/** Asks and judges the answer; always resolves. */
export async function testProvider(
  { label, baseUrl, api, key, model }: ProviderTest,
  fetch: Fetch,
  now: () => number = Date.now,
): Promise<ProviderTestResult> {
  const startedAt = now();
  const { path, body } = questionFor(api, model);
  const url = upstreamUrl(baseUrl, path, new URLSearchParams());
  const result = (cause: ProviderCause | null, problem: string | null): ProviderTestResult => ({
    ok: cause === null,
    cause,
    problem,
    durationMs: now() - startedAt,
  });
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(api === 'anthropic-messages' && { 'anthropic-version': '2023-06-01' }),
        ...credentialHeaders(api, key),
      },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const problem = problemOf(
      { status: answer.status, body: maskKey(await answer.text(), key) },
      { label, host: url.host, model },
    );
    return result(problem?.cause ?? null, problem?.message ?? null);
  } catch (error) {
    return result('network', networkProblem(error, url.host).message);
  }
}
