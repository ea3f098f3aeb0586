import { networkProblem } from './network-error';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

test.each([
  [withCode('ENOTFOUND'), 'host_not_found', 'The name h was not found'],
  [withCode('ECONNREFUSED'), 'refused', 'Nothing answers at h'],
  [withCode('CERT_HAS_EXPIRED'), 'tls', 'is not secure (CERT_HAS_EXPIRED)'],
  [withCode('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', 'is not secure'],
  [withCode('ETIMEDOUT'), 'timeout', 'did not answer in time'],
  [withCode('ECONNRESET'), 'cut', 'closed the connection'],
  [withCode('ENETUNREACH'), 'unreachable', 'cannot be reached'],
  [withCode('ESOMETHING'), 'unknown', 'failed (ESOMETHING)'],
  [new AggregateError([withCode('ECONNREFUSED')]), 'refused', 'Nothing answers'],
  [new TypeError('fetch failed', { cause: withCode('EAI_AGAIN') }), 'host_not_found', 'not found'],
  [new DOMException('x', 'TimeoutError'), 'timeout', 'in time'],
  ['text', 'unknown', 'no code'],
])('%s is %s', (error, cause, words) => {
  expect(networkProblem(error, 'h')).toEqual({ cause, message: expect.stringContaining(words) as string });
});
