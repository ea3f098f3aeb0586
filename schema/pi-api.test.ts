import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Struct } from 'capnp-ts';
import {
  type ErrorCode,
  errorCodeValues,
  eventKinds,
  hostCapabilities,
  type PiEvent,
  type PiEventResponse,
} from './generated/pi-api';
import {
  piEventCodec,
  piEventResponseCodec,
  piExtensionBridgeInterface,
  piHostInterface,
  uiActionCodec,
  uiReplyCodec,
} from './generated/pi-api-codec';
import type { StructCodec } from './capnp/codec';
import { ContractError, fromWireException, toWireException } from './capnp/contract-error';
import { decodeMessage, encodeMessage } from './capnp/whole-message';

const text = readFileSync(join(__dirname, 'pi_api.capnp'), 'utf8');

/** Where each of these unions stores its arm, `bytes`. */
const discriminant = 0;

/** Names of a declaration's members, without those of its groups. */
function members(kind: 'struct' | 'interface', name: string): string[] {
  const body = new RegExp(`^${kind} ${name} \\{$([\\s\\S]*?)^\\}$`, 'm').exec(text)?.[1] ?? '';
  return [...body.matchAll(/^ {2,4}(\w+) (?:@\d+|:group|:union)/gm)].map(([, member]) => member!);
}

const structs = new Set([...text.matchAll(/^struct (\w+)/gm)].map(([, name]) => name));
const arms = members('struct', 'PiEvent').slice(1);
const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

test.each(['PiExtensionBridge', 'PiHost'])('every method of %s takes one struct and returns one struct', (name) => {
  const body = new RegExp(`^interface ${name} \\{$([\\s\\S]*?)^\\}$`, 'm').exec(text)![1]!;
  const lines = body.split('\n').filter((line) => /^ {2}\w/.test(line));
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const [, input, output] = /^ {2}\w+ @\d+ (\w+) -> (\w+)( \$deadlineMs\(\d+\))?;$/.exec(line) ?? [line];
    expect({ line, isStruct: [structs.has(input), structs.has(output)] }).toEqual({ line, isStruct: [true, true] });
  }
});

test('every event has an arm, in the same order, and every arm an event', () => {
  expect(arms[0]).toBe('unknown');
  expect(eventKinds.map(({ name }) => camel(name))).toEqual(arms.slice(1));
  expect(eventKinds).toHaveLength(41);
});

test('every answer is allowed for some event, and every allowed answer exists', () => {
  const answers = members('struct', 'PiEventResponse');
  const allowed = new Set(eventKinds.flatMap(({ responses }) => [...responses] as string[]));
  expect([...allowed].sort()).toEqual(answers.filter((arm) => arm !== 'none' && arm !== 'error').sort());
});

test('gates and transforms have answers, notifications none, and all have a deadline', () => {
  for (const kind of eventKinds) {
    expect([kind.name, kind.responses.length > 0]).toEqual([kind.name, kind.class !== 'notification']);
    expect(kind.deadlineMs).toBeGreaterThan(0);
  }
});

test('capabilities have different names, and name existing members of the schema', () => {
  expect(new Set(hostCapabilities.map(({ name }) => name)).size).toBe(hostCapabilities.length);
  const methods = [...piHostInterface.methods, ...piExtensionBridgeInterface.methods].map(({ name }) => name);
  const named = hostCapabilities.flatMap(({ meaning }) =>
    [...meaning.matchAll(/PiHost\.(\w+)/g)].map(([, name]) => name!),
  );
  expect(named.filter((name) => !methods.includes(name))).toEqual([]);
});

test('`which` tells types apart', () => {
  const reason = (response: PiEventResponse): string =>
    response.which === 'blockTool' ? response.blockTool.reason : response.which;
  expect(reason({ which: 'blockTool', blockTool: { reason: 'no', terminate: false } })).toBe('no');
  // @ts-expect-error an arm without its value
  const broken: PiEventResponse = { which: 'blockTool' };
  // @ts-expect-error an arm that does not exist
  const unknown: PiEvent['which'] = 'session_switch';
  expect([broken, unknown]).toHaveLength(2);
  expect([piEventCodec.name, piEventResponseCodec.name]).toEqual(['PiEvent', 'PiEventResponse']);
});

test.each<[string, StructCodec<{ readonly which: string }>]>([
  ['PiEvent', piEventCodec],
  ['PiEventResponse', piEventResponseCodec],
  ['UiAction', uiActionCodec],
  ['UiReply', uiReplyCodec],
])('writes and reads every arm of %s', (name, codec) => {
  const names = members('struct', name).filter((member) => !['header', 'callId', 'timeoutMs'].includes(member));
  names.forEach((arm, ordinal) => {
    // A message of zero bytes except for its discriminant: everything else has the schema's defaults.
    const empty = encodeMessage(
      { ...codec, write: (builder) => Struct.setUint16(discriminant, ordinal, builder) },
      {
        which: arm,
      },
    );
    const value = decodeMessage(codec, empty);
    expect(value.which).toBe(arm);
    expect(decodeMessage(codec, encodeMessage(codec, value))).toEqual(value);
  });
  const beyond = {
    ...codec,
    write: (builder: Struct) => Struct.setUint16(discriminant, names.length, builder),
  };
  expect(() => decodeMessage(codec, encodeMessage(beyond, { which: '' }))).toThrow(
    `${name} has no variant ${names.length}`,
  );
});

describe('errors as exceptions', () => {
  test.each(errorCodeValues)('%s comes back unchanged', (code: ErrorCode) => {
    const error = fromWireException(toWireException(new ContractError(code, 'because: of\nthis')));
    expect([error.code, error.message]).toEqual([code, 'because: of\nthis']);
  });

  test("finds the code behind a library's own words; without a code the type decides", () => {
    expect(fromWireException({ reason: 'bridge.py:12: failed: remote: denied: no', type: 0 })).toMatchObject({
      code: 'denied',
      message: 'no',
    });
    expect(fromWireException({ reason: 'queue full', type: 1 }).code).toBe('overloaded');
    expect(fromWireException({ reason: 'no method 9', type: 3 }).code).toBe('unimplemented');
    expect(fromWireException({ reason: 'unwrap on None', type: 0 }).code).toBe('internalError');
    expect(fromWireException({ reason: 'x', type: 77 }).code).toBe('internalError');
  });
});
