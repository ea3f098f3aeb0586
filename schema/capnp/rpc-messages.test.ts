import { Message } from 'capnp-ts';
import { Message as RpcRoot } from 'capnp-ts/src/std/rpc.capnp';
import type { Subscription } from '../generated/every-kind';
import { numbersCodec, subscriptionCodec } from '../generated/every-kind-codec';
import { defaultReadLimits } from './message-view';
import { readRpcMessage, type RpcMessage } from './rpc-reader';
import * as rpc from './rpc-writer';
import { FrameDecoder } from './stream-framing';
import { withDefaults } from './with-defaults';

const read = (bytes: Uint8Array): RpcMessage => readRpcMessage(new FrameDecoder().push(bytes)[0]!, defaultReadLimits);

/** A message, written by capnp-ts's own copy of the standard. */
function standard(fill: (root: RpcRoot) => void): RpcMessage {
  const message = new Message();
  fill(message.initRoot(RpcRoot));
  return read(new Uint8Array(message.toArrayBuffer()));
}

const noExport = (): number => {
  throw new Error('nothing to export');
};

test('bootstrap, finish and cancelled answers', () => {
  expect(read(rpc.bootstrapMessage(7))).toEqual({ kind: 'bootstrap', questionId: 7 });
  expect(read(rpc.finishMessage(8, true))).toEqual({ kind: 'finish', questionId: 8, releasesResults: true });
  expect(read(rpc.finishMessage(9, false))).toEqual({ kind: 'finish', questionId: 9, releasesResults: false });
  expect(read(rpc.canceledMessage(3))).toEqual({
    kind: 'return',
    answerId: 3,
    releasesParameters: false,
    needsFinish: true,
    outcome: { kind: 'canceled' },
  });
});

test('exceptions and aborts', () => {
  const exception = { reason: 'denied: no', type: 2 };
  expect(read(rpc.exceptionMessage(4, exception))).toMatchObject({
    answerId: 4,
    outcome: { kind: 'exception', exception },
  });
  expect(read(rpc.abortMessage(exception))).toEqual({ kind: 'abort', exception });
});

test('calls, with targets of both kinds and a capability', () => {
  const parts = { questionId: 1, interfaceId: 0xfedcba9876543210n, methodId: 5 };
  const plain = { ...parts, codec: numbersCodec, input: withDefaults(numbersCodec, { int8: 3 }) };
  const call = read(
    rpc.callMessage({ ...plain, target: { kind: 'answer', questionId: 12, isWhole: true } }, noExport).bytes,
  );
  expect(call).toMatchObject({
    kind: 'call',
    ...parts,
    isForCaller: true,
    target: { kind: 'answer', questionId: 12, isWhole: true },
  });

  const input: Subscription = { listener: { heard: () => Promise.resolve({}) }, times: 2 };
  const outgoing = rpc.callMessage(
    { ...parts, codec: subscriptionCodec, input, target: { kind: 'export', id: 6 } },
    () => 33,
  );
  expect(outgoing.exported).toEqual([33]);
  expect(read(outgoing.bytes)).toMatchObject({
    target: { kind: 'export', id: 6 },
    payload: { entries: [{ kind: 'theirs', id: 33 }] },
  });
});

test('the answer to a bootstrap is a capability', () => {
  expect(read(rpc.bootstrapResult(2, 5))).toMatchObject({
    answerId: 2,
    outcome: { kind: 'results', payload: { content: null, entries: [{ kind: 'theirs', id: 5 }] } },
  });
});

test('messages that are only received: release, resolve, disembargo, calls to a part of an answer, and messages of later levels', () => {
  expect(
    standard((root) => {
      const release = root.initRelease();
      release.setId(3);
      release.setReferenceCount(2);
    }),
  ).toEqual({ kind: 'release', id: 3, count: 2 });
  expect(standard((root) => root.initResolve().setPromiseId(1))).toEqual({ kind: 'ignored' });
  expect(
    standard((root) => {
      const disembargo = root.initDisembargo();
      disembargo.initTarget().setImportedCap(9);
      disembargo.getContext().setSenderLoopback(77);
    }),
  ).toEqual({ kind: 'disembargo', target: { kind: 'export', id: 9 }, context: 0, id: 77 });
  expect(
    standard((root) => {
      const call = root.initCall();
      const promised = call.initTarget().initPromisedAnswer();
      promised.setQuestionId(4);
      promised.initTransform(1).get(0).setGetPointerField(2);
      call.initParams();
      call.getSendResultsTo().setYourself();
    }),
  ).toMatchObject({ target: { kind: 'answer', questionId: 4, isWhole: false }, isForCaller: false });
  expect(standard((root) => root.initProvide())).toEqual({ kind: 'unknown', which: 10 });
});

test('an embargo returns to its sender', () => {
  const target = { kind: 'answer', questionId: 4, isWhole: true } as const;
  expect(read(rpc.receiverLoopbackMessage(target, 5))).toEqual({ kind: 'disembargo', target, context: 1, id: 5 });
});

test('entries of a capability table', () => {
  const message = standard((root) => {
    const payload = root.initCall().initParams();
    const table = payload.initCapTable(4);
    table.get(0).setNone();
    table.get(1).setSenderPromise(8);
    table.get(2).setReceiverHosted(9);
    table.get(3).initThirdPartyHosted();
  });
  expect(message).toMatchObject({
    payload: { entries: [{ kind: 'none' }, { kind: 'theirs', id: 8 }, { kind: 'ours', id: 9 }, { kind: 'none' }] },
  });
});
