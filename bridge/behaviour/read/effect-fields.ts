/** Effects are sent without waiting for them. */
import { deliveries, logLevels, noticeLevels } from '../action';
import { bare, from, type BodyReaders } from './action-body';
import { flag, keyword, nameText, oneOrMore, text, vector } from './reader';
import { optional, required, withDefault } from './record';
import { templateReader, templateValueReader } from './template-reader';

export const effects: BodyReaders = {
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
