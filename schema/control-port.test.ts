import { guestControl, hostControl } from './control-port';

const start = {
  type: 'start',
  key: 'ab'.repeat(32),
  nowMs: 1,
  timeZone: 'Europe/Berlin',
  entropy: 'AA==',
  gatewayPort: 4711,
};

test.each([start, { type: 'shutdown' }])('the host may send %j', (message) => {
  expect(hostControl.parse(message)).toEqual(message);
});

test.each([
  ['a short key', { ...start, key: 'ab' }],
  ['upper-case digits', { ...start, key: 'AB'.repeat(32) }],
  ['no port', { ...start, gatewayPort: 0 }],
  ['no randomness', { ...start, entropy: undefined }],
  ['one field more', { ...start, command: 'rm' }],
  ['another type', { type: 'run' }],
])('the host may not send: %s', (_name, message) => {
  expect(hostControl.safeParse(message).success).toBe(false);
});

test.each([{ type: 'parked', count: 2 }, { type: 'started' }, { type: 'failed', message: 'no share' }])(
  'the guest may send %j',
  (message) => {
    expect(guestControl.parse(message)).toEqual(message);
  },
);

test.each([{ type: 'parked', count: 0 }, { type: 'failed' }, { type: 'start' }, 'piwork-selftest-ok'])(
  'the guest may not send %j',
  (message) => {
    expect(guestControl.safeParse(message).success).toBe(false);
  },
);
