/** `:do` and `:else`: `(name {…})`, or `(do …)` for several in a row. */
import type { Action } from '../action';
import { nodeWords, type EdnNode } from '../edn/node';
import { suggestion } from '../source/suggest';
import { actionNames, readBody } from './action-fields';
import { everyItem, type Reader } from './reader';
import type { Scope } from './scope';

/** One action. */
export function actionReader(scope: Scope): Reader<Action> {
  const read: Reader<Action> = (node, report) => {
    if (node.kind !== 'list') {
      return report(node.at, `expected an action such as (notify {:message "…"}), found ${nodeWords(node)}`);
    }
    const [head, ...rest] = node.items;
    if (head?.kind !== 'symbol') return report(node.at, 'expected the name of an action after "("');
    if (head.name === 'do') {
      const actions = everyItem(rest, read, report);
      if (actions === undefined) return undefined;
      return actions.length === 0 ? report(node.at, '(do …) needs an action') : { kind: 'do', at: node.at, actions };
    }
    if (!actionNames.includes(head.name)) {
      return report(head.at, `there is no action (${head.name} …); ${suggestion(head.name, [...actionNames, 'do'])}`);
    }
    const [argument, more] = rest;
    if (more !== undefined) return report(more.at, `(${head.name} …) takes one map`);
    const nothing: EdnNode = { kind: 'map', at: node.at, entries: [] };
    const body = readBody(head.name, argument ?? nothing, scope, read, report);
    return body === undefined ? undefined : { ...body, at: node.at };
  };
  return read;
}

/** Whether an action contains something that waits for an answer that can be no. */
export function asksSomething(action: Action): boolean {
  switch (action.kind) {
    case 'do':
      return action.actions.some(asksSomething);
    case 'confirm':
    case 'select':
    case 'input':
    case 'editor':
    case 'ask-act':
    case 'shell':
    case 'run-tool':
      return true;
    default:
      return false;
  }
}
