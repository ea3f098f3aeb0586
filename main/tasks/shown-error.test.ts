import { shownError } from './shown-error';

test.each([
  ['aborted', 'This operation was aborted', {}],
  [undefined, undefined, {}],
  ['error', 'Connection error.', { errorMessage: 'Connection error.' }],
  ['error', '401: {"error":{"message":"The key was refused."}}', { errorMessage: 'The key was refused. (HTTP 401)' }],
  [
    'error',
    '401: {"type":"tour_error","message":"The tour was asked to fail."}',
    { errorMessage: 'The tour was asked to fail. (HTTP 401)' },
  ],
])('%s, %s', (stopReason, errorMessage, shown) => {
  expect(shownError(stopReason, errorMessage)).toEqual(shown);
});
