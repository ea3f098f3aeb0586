import { requireProtocol } from './protocol-version';

test('accepts the same version, and refuses another one with what to do', () => {
  requireProtocol(1, 'the bridge');
  expect(() => requireProtocol(2, 'the bridge guard')).toThrow(
    'the bridge guard speaks version 2 of the contract, newer than version 1 here: update the older one',
  );
});
