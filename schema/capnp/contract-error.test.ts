import { ContractError, fromWireException, toWireException } from './contract-error';

const failed = 0;
const unimplemented = 3;

test('an error keeps its code, message and details across the wire', () => {
  const wire = toWireException(new ContractError('denied', 'the person said no:\n  not today'));
  expect(fromWireException(wire)).toMatchObject({ code: 'denied', message: 'the person said no:\n  not today' });
});

test.each([
  ['of capnp-rpc, passed on', 'remote exception: notFound: no tool fly', 'no tool fly'],
  [
    'of pycapnp: a traceback, with a line end behind it',
    'Traceback (most recent call last):\n  File "bridge.py", line 53, in executeTool\n    raise Fault(code, what)\n' +
      'contract.Fault: notFound: no tool fly\n',
    'no tool fly',
  ],
])("finds the code behind a library's own words: %s", (_, reason, message) => {
  expect(fromWireException({ reason, type: failed })).toMatchObject({ code: 'notFound', message });
});

test.each([
  ['division by zero', failed, 'internalError'],
  ['Method not implemented.', unimplemented, 'unimplemented'],
])('without a code the type decides: %s', (reason, type, code) => {
  expect(fromWireException({ reason, type })).toMatchObject({ code, message: reason });
});
