/** How the map behind an action's name is read. */
import type { Action, ActionKind } from '../action';
import type { EdnNode } from '../edn/node';
import type { Reader, Report } from './reader';
import { readRecord, type Fields, type RecordOf } from './record';
import type { Scope } from './scope';

/** An action without the place where it stands. */
export type Body = Action extends infer A ? (A extends Action ? Omit<A, 'at'> : never) : never;

export type BodyReader = (scope: Scope, readAction: Reader<Action>) => Reader<Body>;

/** Readers by the names of actions. */
export type BodyReaders = Partial<Readonly<Record<ActionKind, BodyReader>>>;

/** A reader of one action's map, turned into the action by `make`. */
export function from<F extends Fields>(
  kind: ActionKind,
  fields: (scope: Scope, readAction: Reader<Action>) => F,
  make: (read: RecordOf<F>, node: EdnNode, report: Report) => Body | undefined,
): BodyReader {
  return (scope, readAction) => (node, report) => {
    const read = readRecord(node, `(${kind} …)`, fields(scope, readAction), report);
    return read === undefined ? undefined : make(read, node, report);
  };
}

/** An action that takes nothing. */
export const bare =
  (kind: 'allow' | 'abort'): BodyReader =>
  () =>
  (node, report) =>
    readRecord(node, `(${kind})`, {}, report) && { kind };
