/** Decisions change the event; some also end the evaluation of further rules. */
import { sessionChanges } from '../action';
import { bare, from, type BodyReader, type BodyReaders } from './action-body';
import { flag, keyword, oneOrMore, text } from './reader';
import { optional, required, withDefault } from './record';
import { templateFieldsReader, templateReader } from './template-reader';

/** The fields of `patch-input` are the tool's, so its map may have any keys. */
const patchInput: BodyReader = (scope) => (node, report) => {
  const fields = templateFieldsReader(scope)(node, report);
  if (fields === undefined) return undefined;
  if (Object.keys(fields).length === 0) return report(node.at, '(patch-input …) changes nothing');
  const onInput = scope.site.kind === 'events' && scope.site.names.includes('input');
  if (onInput && Object.keys(fields).some((field) => field !== 'text')) {
    return report(node.at, 'of :input only :text can be patched');
  }
  return { kind: 'patch-input', fields };
};

export const decisions: BodyReaders = {
  allow: bare('allow'),
  block: from(
    'block',
    (scope) => ({ reason: required(templateReader(scope)), endRun: withDefault(flag, false) }),
    ({ reason, endRun }) => ({ kind: 'block', reason, endsRun: endRun }),
  ),
  'change-result': from(
    'change-result',
    (scope) => ({
      replace: optional(templateReader(scope)),
      prepend: optional(templateReader(scope)),
      append: optional(templateReader(scope)),
      isError: optional(flag),
    }),
    (read, node, report) => {
      if (Object.values(read).every((value) => value === null)) {
        return report(node.at, '(change-result …) needs :replace, :prepend, :append or :is-error');
      }
      return { kind: 'change-result', ...read };
    },
  ),
  'add-context': from(
    'add-context',
    (scope) => ({
      text: required(templateReader(scope)),
      to: withDefault(keyword(['message', 'system'] as const), 'message' as const),
      show: withDefault(flag, false),
    }),
    ({ text: words, to, show }) => ({ kind: 'add-context', text: words, to, isShown: show }),
  ),
  'add-resources': from(
    'add-resources',
    () => ({ skills: withDefault(oneOrMore(text()), []), prompts: withDefault(oneOrMore(text()), []) }),
    (read) => ({ kind: 'add-resources', ...read }),
  ),
  continue: from(
    'continue',
    (scope) => ({ text: optional(templateReader(scope)) }),
    (read) => ({ kind: 'continue', ...read }),
  ),
  session: from(
    'session',
    () => ({ do: required(keyword(sessionChanges)) }),
    (read) => ({ kind: 'session', change: read.do }),
  ),
  reply: from(
    'reply',
    (scope) => ({ text: required(templateReader(scope)), isError: withDefault(flag, false) }),
    (read) => ({ kind: 'reply', ...read }),
  ),
  'patch-input': patchInput,
};
