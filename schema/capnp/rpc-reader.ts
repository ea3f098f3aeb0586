/**
 * The standard's RPC messages (rpc.capnp) as plain objects, as far as two parties need them. The offsets are the
 * standard's; a test compares them with capnp-ts's own copy.
 */
import { ContractError, type WireException } from './contract-error';
import type { Frame } from './stream-framing';
import { type ListView, MessageView, type ReadLimits, type StructView } from './message-view';
import {
  emptyStruct,
  followList,
  followStruct,
  readBool,
  readText,
  readUint16,
  readUint32,
  readUint64,
} from './read-values';

/** The target of a call: an export, or the answer to an earlier question. */
export type CallTarget =
  | { readonly kind: 'export'; readonly id: number }
  | { readonly kind: 'answer'; readonly questionId: number; readonly isWhole: boolean };

/** One entry of a capability table. */
export type CapabilityEntry =
  | { readonly kind: 'none' }
  | { readonly kind: 'theirs'; readonly id: number }
  | { readonly kind: 'ours'; readonly id: number };

/** The content of a call or an answer; `content` is null when there is a capability instead of a struct. */
export interface Payload {
  readonly content: StructView | null;
  readonly entries: readonly CapabilityEntry[];
  readonly message: MessageView;
}

/** How a call ended. */
export type Outcome =
  | { readonly kind: 'results'; readonly payload: Payload }
  | { readonly kind: 'exception'; readonly exception: WireException }
  | { readonly kind: 'canceled' }
  | { readonly kind: 'other' };

/** A message from one side to the other. */
export type RpcMessage =
  | { readonly kind: 'bootstrap'; readonly questionId: number }
  | {
      readonly kind: 'call';
      readonly questionId: number;
      readonly target: CallTarget;
      readonly interfaceId: bigint;
      readonly methodId: number;
      readonly isForCaller: boolean;
      readonly payload: Payload;
    }
  | {
      readonly kind: 'return';
      readonly answerId: number;
      readonly releasesParameters: boolean;
      readonly needsFinish: boolean;
      readonly outcome: Outcome;
    }
  | { readonly kind: 'finish'; readonly questionId: number; readonly releasesResults: boolean }
  | { readonly kind: 'release'; readonly id: number; readonly count: number }
  | { readonly kind: 'disembargo'; readonly target: CallTarget; readonly context: number; readonly id: number }
  | { readonly kind: 'abort'; readonly exception: WireException }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown'; readonly which: number };

/** More capabilities than any method of a contract sends in one message. */
const maximumCapabilities = 64;

const child = (view: StructView, index: number): StructView => followStruct(view, index) ?? emptyStruct(view);

/** An element of a list of structs, as a view. */
function elementOf(list: ListView, index: number): StructView {
  const data = list.offset + index * (list.dataBytes + list.pointerCount * 8);
  return { ...list, data, pointers: data + list.dataBytes };
}

function readTarget(view: StructView): CallTarget {
  const which = readUint16(view, 4);
  if (which === 0) return { kind: 'export', id: readUint32(view, 0) };
  if (which !== 1) throw new ContractError('invalidMessage', `calls to a target of kind ${which} aren't supported`);
  const promised = child(view, 0);
  const transform = followList(promised, 0);
  const steps = transform === null ? [] : Array.from({ length: Math.min(transform.length, 2) }, (_, index) => index);
  const isWhole = transform === null || steps.every((index) => readUint16(elementOf(transform, index), 0) === 0);
  return { kind: 'answer', questionId: readUint32(promised, 0), isWhole: isWhole && steps.length < 2 };
}

function readEntry(view: StructView): CapabilityEntry {
  const which = readUint16(view, 0);
  const id = readUint32(view, 4);
  // A promise of theirs keeps its number when it resolves, so it is used like any other.
  if (which === 1 || which === 2) return { kind: 'theirs', id };
  if (which === 3) return { kind: 'ours', id };
  return { kind: 'none' };
}

function readPayload(view: StructView): Payload {
  const { message } = view;
  const table = followList(view, 1);
  if (table !== null && (table.elementSize !== 7 || table.length > maximumCapabilities)) {
    throw new ContractError('invalidMessage', "the capability table can't be read");
  }
  const entries = Array.from({ length: table?.length ?? 0 }, (_, index) =>
    readEntry(elementOf(table as ListView, index)),
  );
  const content = view.pointerCount > 0 ? message.follow(view.segment, view.pointers, view.depth) : null;
  if (content?.kind === 'list') throw new ContractError('invalidMessage', 'expected a struct, found a list');
  return {
    message,
    entries,
    content: content === null ? emptyStruct(view) : content.kind === 'struct' ? content : null,
  };
}

const readException = (view: StructView): WireException => ({ reason: readText(view, 0), type: readUint16(view, 4) });

function readOutcome(view: StructView): Outcome {
  const which = readUint16(view, 6);
  if (which === 0) return { kind: 'results', payload: readPayload(child(view, 0)) };
  if (which === 1) return { kind: 'exception', exception: readException(child(view, 0)) };
  return { kind: which === 2 ? 'canceled' : 'other' };
}

const readers: Readonly<Record<number, (view: StructView) => RpcMessage>> = {
  // The other side didn't understand something of ours; if it answered a call, the call gets its own return.
  0: () => ({ kind: 'ignored' }),
  1: (view) => ({ kind: 'abort', exception: readException(view) }),
  2: (view) => ({
    kind: 'call',
    questionId: readUint32(view, 0),
    target: readTarget(child(view, 0)),
    interfaceId: readUint64(view, 8),
    methodId: readUint16(view, 4),
    isForCaller: readUint16(view, 6) === 0,
    payload: readPayload(child(view, 1)),
  }),
  3: (view) => ({
    kind: 'return',
    answerId: readUint32(view, 0),
    releasesParameters: readBool(view, 32, true),
    needsFinish: !readBool(view, 33),
    outcome: readOutcome(view),
  }),
  4: (view) => ({ kind: 'finish', questionId: readUint32(view, 0), releasesResults: readBool(view, 32, true) }),
  5: () => ({ kind: 'ignored' }),
  6: (view) => ({ kind: 'release', id: readUint32(view, 0), count: readUint32(view, 4) }),
  8: (view) => ({ kind: 'bootstrap', questionId: readUint32(view, 0) }),
  13: (view) => ({
    kind: 'disembargo',
    target: readTarget(child(view, 0)),
    context: readUint16(view, 4),
    id: readUint32(view, 0),
  }),
};

/** @throws ContractError `invalidMessage` */
export function readRpcMessage(frame: Frame, limits: ReadLimits): RpcMessage {
  const root = new MessageView(frame, limits).root();
  const which = readUint16(root, 0);
  return readers[which]?.(child(root, 0)) ?? { kind: 'unknown', which };
}
