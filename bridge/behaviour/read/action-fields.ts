/** The map of each action, by the action's name. */
import type { Action, ActionKind } from '../action';
import type { EdnNode } from '../edn/node';
import type { Body, BodyReader } from './action-body';
import { decisions } from './decision-fields';
import { effects } from './effect-fields';
import { questions } from './question-fields';
import type { Reader, Report } from './reader';
import { actionProblem, type Scope } from './scope';

const readers: Readonly<Record<string, BodyReader>> = { ...decisions, ...questions, ...effects };

/** Every action that is written as `(name {…})`. */
export const actionNames = Object.keys(readers).sort();

/** The fields that an action provides to those after it. */
const gifts: Readonly<Record<string, readonly string[]>> = {
  confirm: ['answer'],
  select: ['answer'],
  input: ['answer'],
  editor: ['answer'],
  'ask-act': ['answer'],
  shell: ['shell.output', 'shell.code'],
  'run-tool': ['tool.output'],
};

/** Reads the map that follows an action's name; the names are `actionNames`. */
export function readBody(
  name: string,
  node: EdnNode,
  scope: Scope,
  readAction: Reader<Action>,
  report: Report,
): Body | undefined {
  const kind = name as ActionKind;
  const problem = actionProblem(scope, kind);
  if (problem !== null) return report(node.at, problem);
  // The actions of an option run after it was chosen.
  if (kind === 'select') scope.given.add('answer');
  const body = readers[name]?.(scope, readAction)(node, report);
  for (const field of gifts[name] ?? []) scope.given.add(field);
  return body;
}
