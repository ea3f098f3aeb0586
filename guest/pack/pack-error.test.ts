import { asPackError } from './pack-error';

test.each([
  ['tar: write error: No space left on device', 'disk_full'],
  ["E: Failed to fetch … Temporary failure resolving 'mirror'", 'network'],
  ['npm error code ENOTFOUND', 'network'],
  ["EACCES: permission denied, mkdir '/cache'", 'no_permission'],
  ['something new', 'tool_failed'],
])('%s is %s', (message, code) => {
  expect(asPackError(new Error(message)).code).toBe(code);
});
