/** Actions with their texts filled in: effects to send, questions to ask. Pure. */
import type { Action, Effect, Question } from '../action';
import { actsConcerned } from './judge';
import type { Plan } from './plan';
import { render, renderFields, renderValue } from './render';
import type { PlannedEffect, Request } from './request';

/** An effect, ready to be sent. */
export function filledEffect(effect: Effect, { facts, given }: Plan): PlannedEffect {
  const fill = (template: Parameters<typeof render>[0]): string => render(template, facts, given);
  switch (effect.kind) {
    case 'notify':
    case 'log':
      // The two differ only in their levels.
      return { ...effect, message: fill(effect.message) };
    case 'set-status':
      return { kind: effect.kind, key: effect.key, text: effect.text === null ? null : fill(effect.text) };
    case 'set-widget':
      return { kind: effect.kind, key: effect.key, lines: effect.lines.map(fill) };
    case 'set-title':
    case 'set-editor-text':
    case 'progress':
      return { kind: effect.kind, text: fill(effect.text) };
    case 'send-message': {
      const { kind, as, delivery, startsTurn } = effect;
      return { kind, text: render(effect.text, facts, given, 'data'), as, delivery, startsTurn };
    }
    case 'append-entry':
      return { kind: effect.kind, type: effect.type, data: renderValue(effect.data, facts, given) };
    case 'set-session-name':
      return { kind: effect.kind, name: fill(effect.name) };
    case 'set-tools':
      return { kind: effect.kind, on: effect.on, off: effect.off };
    case 'set-model':
      return { kind: effect.kind, provider: effect.provider, model: effect.model };
    case 'set-thinking-level':
      return { kind: effect.kind, level: effect.level };
    case 'abort':
      return { kind: effect.kind };
    case 'compact':
      return { kind: effect.kind, instructions: effect.instructions === null ? null : fill(effect.instructions) };
  }
}

/** A question, ready to be asked; `null` when there is nothing to ask about. */
export function filledQuestion(question: Question, { facts, given }: Plan): Request | null {
  const fill = (template: Parameters<typeof render>[0]): string => render(template, facts, given);
  const { timeoutMs } = question;
  switch (question.kind) {
    case 'confirm':
      return { kind: 'confirm', title: fill(question.title), message: fill(question.message), timeoutMs };
    case 'select':
      return {
        kind: 'select',
        title: fill(question.title),
        options: question.options.map(({ label }) => label),
        timeoutMs,
      };
    case 'input':
      return { kind: 'input', title: fill(question.title), placeholder: fill(question.placeholder), timeoutMs };
    case 'editor':
      return {
        kind: 'editor',
        title: fill(question.title),
        prefill: render(question.prefill, facts, given, 'data'),
        timeoutMs,
      };
    case 'ask-act': {
      const acts = actsConcerned({ kinds: question.kinds, paths: [] }, facts);
      return acts.length === 0 ? null : { kind: 'ask-act', sentence: fill(question.sentence), acts, timeoutMs };
    }
    case 'shell':
      return { kind: 'shell', command: render(question.command, facts, given, 'shell'), timeoutMs };
    case 'run-tool':
      return { kind: 'run-tool', tool: question.tool, input: renderFields(question.input, facts, given), timeoutMs };
  }
}

const questionKinds: readonly Action['kind'][] = [
  'confirm',
  'select',
  'input',
  'editor',
  'ask-act',
  'shell',
  'run-tool',
];

/** Whether an action waits for an answer. */
export const isQuestion = (action: Action): action is Extract<Action, Question> => questionKinds.includes(action.kind);

const decisionKinds: readonly Action['kind'][] = [
  'block',
  'allow',
  'patch-input',
  'change-result',
  'add-context',
  'add-resources',
  'continue',
  'reply',
  'session',
];

/** Whether an action is only sent. */
export const isEffect = (action: Action): action is Extract<Action, Effect> =>
  action.kind !== 'do' && !isQuestion(action) && !decisionKinds.includes(action.kind);
