/** The map that each action takes, by the action's name. */
import { deliveries, logLevels, noticeLevels, sessionChanges, type Action, type ActionKind } from '../action';
import type { EdnNode } from '../edn/node';
import { plainTemplate } from '../template';
import { actKinds } from '../vocabulary/acts';
import { flag, keyword, milliseconds, nameText, oneOrMore, text, vector, type Reader, type Report } from './reader';
import { optional, readRecord, required, withDefault, type Fields, type RecordOf } from './record';
import { actionProblem, type Scope } from './scope';
import { commandReader, templateFieldsReader, templateReader, templateValueReader } from './template-reader';

/** Longest time that a question may wait, ten minutes. */
export const longestQuestionMs = 600_000;

/** An action without the place where it stands. */
type Body = Action extends infer A ? (A extends Action ? Omit<A, 'at'> : never) : never;

type BodyReader = (scope: Scope, readAction: Reader<Action>) => Reader<Body>;

/** A reader of one action's map, turned into the action by `make`. */
function from<F extends Fields>(
  kind: ActionKind,
  fields: (scope: Scope, readAction: Reader<Action>) => F,
  make: (read: RecordOf<F>, node: EdnNode, report: Report) => Body | undefined,
): BodyReader {
  return (scope, readAction) => (node, report) => {
    const read = readRecord(node, `(${kind} …)`, fields(scope, readAction), report);
    return read === undefined ? undefined : make(read, node, report);
  };
}

const bare =
  (kind: 'allow' | 'abort'): BodyReader =>
  () =>
  (node, report) =>
    readRecord(node, `(${kind})`, {}, report) && { kind };

const empty = plainTemplate('');
const patience = (scope: Scope) => withDefault(milliseconds(longestQuestionMs), scope.limits.askMs);

/** Decisions and what waits for an answer. */
const answers: Partial<Readonly<Record<ActionKind, BodyReader>>> = {
  allow: bare('allow'),
  block: from(
    'block',
    (scope) => ({ reason: required(templateReader(scope)), endRun: withDefault(flag, false) }),
    ({ reason, endRun }) => ({ kind: 'block', reason, endsRun: endRun }),
  ),
  confirm: from(
    'confirm',
    (scope) => ({
      title: required(templateReader(scope)),
      message: withDefault(templateReader(scope), empty),
      timeoutMs: patience(scope),
    }),
    (read) => ({ kind: 'confirm', ...read }),
  ),
  select: from(
    'select',
    (scope, readAction) => ({
      title: required(templateReader(scope)),
      options: required(
        vector(
          (node, report) => {
            const fields = { label: required(text('a label in quotes', 200)), do: optional(readAction) };
            const read = readRecord(node, 'an option', fields, report);
            return read === undefined ? undefined : { label: read.label, action: read.do };
          },
          { least: 1, most: 20, what: 'a vector of options' },
        ),
      ),
      timeoutMs: patience(scope),
    }),
    (read, node, report) => {
      const labels = read.options.map(({ label }) => label);
      if (new Set(labels).size < labels.length) return report(node.at, 'two options have the same :label');
      return { kind: 'select', ...read };
    },
  ),
  input: from(
    'input',
    (scope) => ({
      title: required(templateReader(scope)),
      placeholder: withDefault(templateReader(scope), empty),
      timeoutMs: patience(scope),
    }),
    (read) => ({ kind: 'input', ...read }),
  ),
  editor: from(
    'editor',
    (scope) => ({
      title: required(templateReader(scope)),
      prefill: withDefault(templateReader(scope), empty),
      timeoutMs: patience(scope),
    }),
    (read) => ({ kind: 'editor', ...read }),
  ),
  'ask-act': from(
    'ask-act',
    (scope) => ({
      of: withDefault(oneOrMore(keyword(actKinds)), []),
      sentence: withDefault(templateReader(scope), { segments: [{ field: 'acts.sentence' }] }),
      timeoutMs: patience(scope),
    }),
    ({ of, sentence, timeoutMs }) => ({ kind: 'ask-act', kinds: of, sentence, timeoutMs }),
  ),
  shell: from(
    'shell',
    (scope) => ({
      command: required(commandReader(scope)),
      timeoutMs: withDefault(milliseconds(longestQuestionMs), scope.limits.shellMs),
    }),
    (read) => ({ kind: 'shell', ...read }),
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
  'run-tool': from(
    'run-tool',
    (scope) => ({
      tool: required(nameText),
      input: withDefault(templateFieldsReader(scope), {}),
      timeoutMs: withDefault(milliseconds(longestQuestionMs), scope.limits.toolMs),
    }),
    (read) => ({ kind: 'run-tool', ...read }),
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
};

/** What is sent off. */
const effects: Partial<Readonly<Record<ActionKind, BodyReader>>> = {
  notify: from(
    'notify',
    (scope) => ({
      message: required(templateReader(scope)),
      level: withDefault(keyword(noticeLevels), 'info' as const),
    }),
    (read) => ({ kind: 'notify', ...read }),
  ),
  'set-status': from(
    'set-status',
    (scope) => ({ key: required(nameText), text: optional(templateReader(scope)) }),
    (read) => ({ kind: 'set-status', ...read }),
  ),
  'set-widget': from(
    'set-widget',
    (scope) => ({ key: required(nameText), lines: withDefault(vector(templateReader(scope), { most: 50 }), []) }),
    (read) => ({ kind: 'set-widget', ...read }),
  ),
  'set-title': from(
    'set-title',
    (scope) => ({ text: required(templateReader(scope)) }),
    (read) => ({ kind: 'set-title', ...read }),
  ),
  'set-editor-text': from(
    'set-editor-text',
    (scope) => ({ text: required(templateReader(scope)) }),
    (read) => ({ kind: 'set-editor-text', ...read }),
  ),
  'set-model': from(
    'set-model',
    () => ({ provider: required(nameText), model: required(text("a model's name in quotes", 200)) }),
    (read) => ({ kind: 'set-model', ...read }),
  ),
  'set-thinking-level': from(
    'set-thinking-level',
    () => ({ level: required(keyword(['off', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const)) }),
    (read) => ({ kind: 'set-thinking-level', ...read }),
  ),
  'send-message': from(
    'send-message',
    (scope) => ({
      text: required(templateReader(scope)),
      as: withDefault(keyword(['user', 'note'] as const), 'user' as const),
      deliver: withDefault(keyword(deliveries), 'follow-up' as const),
      startTurn: withDefault(flag, true),
    }),
    ({ text: words, as, deliver, startTurn }) => ({
      kind: 'send-message',
      text: words,
      as,
      delivery: deliver,
      startsTurn: startTurn,
    }),
  ),
  'append-entry': from(
    'append-entry',
    (scope) => ({ type: required(nameText), data: withDefault(templateValueReader(scope), { constant: null }) }),
    (read) => ({ kind: 'append-entry', ...read }),
  ),
  'set-session-name': from(
    'set-session-name',
    (scope) => ({ name: required(templateReader(scope)) }),
    (read) => ({ kind: 'set-session-name', ...read }),
  ),
  'set-tools': from(
    'set-tools',
    () => ({ on: withDefault(oneOrMore(nameText), []), off: withDefault(oneOrMore(nameText), []) }),
    (read) => ({ kind: 'set-tools', ...read }),
  ),
  progress: from(
    'progress',
    (scope) => ({ text: required(templateReader(scope)) }),
    (read) => ({ kind: 'progress', ...read }),
  ),
  log: from(
    'log',
    (scope) => ({ message: required(templateReader(scope)), level: withDefault(keyword(logLevels), 'info' as const) }),
    (read) => ({ kind: 'log', ...read }),
  ),
  abort: bare('abort'),
  compact: from(
    'compact',
    (scope) => ({ instructions: optional(templateReader(scope)) }),
    (read) => ({ kind: 'compact', ...read }),
  ),
};

/** The fields of `patch-input` are those of the tool, so that its map has any keys. */
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

const readers: Partial<Readonly<Record<string, BodyReader>>> = { ...answers, ...effects, 'patch-input': patchInput };

/** Every action that is written as `(name {…})`. */
export const actionNames = Object.keys(readers).sort();

/** What an action gives to those after it. */
const gifts: Readonly<Record<string, readonly string[]>> = {
  confirm: ['answer'],
  select: ['answer'],
  input: ['answer'],
  editor: ['answer'],
  'ask-act': ['answer'],
  shell: ['shell.output', 'shell.code'],
  'run-tool': ['tool.output'],
};

/** Reads the map behind an action's name; the names are `actionNames`. */
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
  // The actions of an option run after its answer.
  if (kind === 'select') scope.given.add('answer');
  const body = readers[name]?.(scope, readAction)(node, report);
  for (const field of gifts[name] ?? []) scope.given.add(field);
  return body;
}
