import { networkProblem } from './network-error';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

test.each([
  [withCode('ENOTFOUND'), 'host_not_found', "h wasn't found"],
  [withCode('ECONNREFUSED'), 'refused', 'Nothing answers at h'],
  [withCode('CERT_HAS_EXPIRED'), 'tls', "isn't secure"],
  [withCode('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', "isn't secure"],
  [withCode('ETIMEDOUT'), 'timeout', "didn't answer in time"],
  [withCode('ECONNRESET'), 'cut', 'closed the connection'],
  [withCode('ENETUNREACH'), 'unreachable', "can't be reached"],
  [withCode('ESOMETHING'), 'unknown', 'The connection to h failed'],
  [new AggregateError([withCode('ECONNREFUSED')]), 'refused', 'Nothing answers'],
  [new TypeError('fetch failed', { cause: withCode('EAI_AGAIN') }), 'host_not_found', "wasn't found"],
  [new DOMException('x', 'TimeoutError'), 'timeout', 'in time'],
  ['text', 'unknown', 'The connection to h failed'],
])('%s is %s', (error, cause, words) => {
  expect(networkProblem(error, 'h')).toEqual({ cause, message: expect.stringContaining(words) as string });
});
