import { modeOf } from './node-status';

test('directories can be entered where Node shows none of these rights', () => {
  expect(modeOf(0o40666n, 'directory', 'win32')).toBe(0o777);
  expect(modeOf(0o100666n, 'file', 'win32')).toBe(0o666);
  expect(modeOf(0o40600n, 'directory', 'linux')).toBe(0o600);
});
