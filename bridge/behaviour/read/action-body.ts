/** Reads the map that follows an action's name. */
import type { Action, ActionKind } from '../action';
import type { EdnNode } from '../edn/node';
import type { Reader, Report } from './reader';
import { readRecord, type Fields, type RecordOf } from './record';
import type { Scope } from './scope';

/** An action without its place in the file. */
export type Body = Action extends infer A ? (A extends Action ? Omit<A, 'at'> : never) : never;

export type BodyReader = (scope: Scope, readAction: Reader<Action>) => Reader<Body>;

/** Readers by action name. */
export type BodyReaders = Partial<Readonly<Record<ActionKind, BodyReader>>>;

/** A reader for one action's map; `make` turns it into the action. */
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

/** An action without parameters. */
export const bare =
  (kind: 'allow' | 'abort'): BodyReader =>
  () =>
  (node, report) =>
    readRecord(node, `(${kind})`, {}, report) && { kind };
