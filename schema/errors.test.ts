import { errorCode, fromWireError, isRetryable, RpcError, toWireError, wireError } from './errors';

test.each([
  [
    'an RpcError keeps its code',
    new RpcError('TASK_NOT_READY', 'Wait.'),
    { code: 'TASK_NOT_READY', message: 'Wait.', retryable: true },
  ],
  [
    'details travel when there are any',
    new RpcError('NOT_FOUND', 'None.', { details: { near: ['a'] } }),
    { code: 'NOT_FOUND', message: 'None.', retryable: false, details: { near: ['a'] } },
  ],
  ['any other error is internal', new Error('oops'), { code: 'INTERNAL_ERROR', message: 'oops', retryable: false }],
  ['so is what is no error', 'oops', { code: 'INTERNAL_ERROR', message: 'oops', retryable: false }],
])('%s', (_name, error, wire) => {
  expect(toWireError(error)).toEqual(wire);
});

test('every code crosses the wire unchanged', () => {
  for (const code of errorCode.options) {
    const sent = new RpcError(code, `about ${code}`, { details: [1], cause: new Error('stays here') });
    const received = fromWireError(wireError.parse(JSON.parse(JSON.stringify(toWireError(sent)))));
    const { message, details, retryable, cause } = received;
    expect({ code: received.code, message, details, retryable, cause }).toEqual({
      code,
      message: `about ${code}`,
      details: [1],
      retryable: isRetryable(code),
      cause: undefined,
    });
  }
});
