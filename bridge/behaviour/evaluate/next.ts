/**
 * The step machine of a plan. Start with `next(plan)`: it returns the effects to send, and either a request, whose
 * answer goes into the following `next(plan, answer)`, or the outcome. Pure.
 */
import type { Action, Question } from '../action';
import { decided, isFinal } from './decide-outcome';
import { filledEffect, filledQuestion, isEffect, isQuestion } from './fill';
import type { Outcome } from './outcome';
import type { Frame, Plan } from './plan';
import type { Answer, PlannedEffect, Request } from './request';

/** What to send now, in order, and what comes next: a request to answer, or the end. */
export type Step = { readonly effects: readonly PlannedEffect[]; readonly plan: Plan } & (
  { readonly kind: 'asks'; readonly request: Request } | { readonly kind: 'done'; readonly outcome: Outcome }
);

interface Verdict {
  readonly isYes: boolean;
  readonly reason: string;
  readonly given: Readonly<Record<string, string>>;
  /** Actions that the answer has chosen */
  readonly chosen: readonly Action[];
}

const unanswered = { cancelled: 'The question was cancelled.', 'timed-out': 'Nobody answered in time.', failed: '' };

function verdictOf(question: Extract<Action, Question>, answer: Answer): Verdict {
  const no = (reason: string, given: Verdict['given'] = { answer: reason }): Verdict => ({
    isYes: false,
    reason,
    given,
    chosen: [],
  });
  switch (answer.kind) {
    case 'none':
      return no(answer.reason === '' ? unanswered[answer.why] : answer.reason);
    case 'confirm':
      if (question.kind !== 'confirm' || !answer.isConfirmed) return no('The person denied it.');
      return { isYes: true, reason: '', given: { answer: 'yes' }, chosen: [] };
    case 'act':
      if (question.kind !== 'ask-act' || !answer.isAllowed) return no(answer.reason || 'The person denied it.');
      return { isYes: true, reason: '', given: { answer: answer.reason }, chosen: [] };
    case 'shell': {
      const given = { 'shell.output': answer.output, 'shell.code': String(answer.code) };
      const isYes = question.kind === 'shell' && answer.code === 0;
      const reason = `A command of the rule ended with ${answer.code}: ${answer.output.slice(-500)}`;
      return isYes ? { isYes, reason: '', given, chosen: [] } : no(reason, given);
    }
    case 'tool': {
      const given = { 'tool.output': answer.output };
      const isYes = question.kind === 'run-tool' && !answer.isError;
      return isYes ? { isYes, reason: '', given, chosen: [] } : no(answer.output, given);
    }
    case 'text': {
      const given = { answer: answer.text };
      if (question.kind === 'input' || question.kind === 'editor')
        return { isYes: true, reason: '', given, chosen: [] };
      const options = question.kind === 'select' ? question.options : [];
      const option = options.find(({ label }) => label === answer.text);
      if (option === undefined) return no('The question got an answer of another kind.');
      return { isYes: true, reason: '', given, chosen: option.action === null ? [] : [option.action] };
    }
  }
}

/** A no without an `:else`: a gate blocks, a tool fails, and other events skip the rest of the rule. */
function defaultNo(plan: Plan, frame: Frame, reason: string): Plan {
  const { outcome, purpose } = plan;
  if (purpose === 'gate') {
    return { ...plan, frames: [], outcome: { ...outcome, verdict: 'block', reason, because: frame.rule } };
  }
  const reply = purpose === 'tool' ? { text: reason, isError: true } : outcome.reply;
  return { ...plan, frames: plan.frames.slice(1), given: {}, outcome: { ...outcome, reply } };
}

function answered(plan: Plan, answer: Answer): Plan {
  const [frame, ...others] = plan.frames;
  const [question, ...rest] = frame?.actions ?? [];
  if (frame === undefined || question === undefined || !isQuestion(question)) return plan;
  const verdict = verdictOf(question, answer);
  const known: Plan = { ...plan, waitsFor: null, given: { ...plan.given, ...verdict.given } };
  if (verdict.isYes) return { ...known, frames: [{ ...frame, actions: [...verdict.chosen, ...rest] }, ...others] };
  if (frame.otherwise === null) return defaultNo(known, frame, verdict.reason);
  // A no within `:else` gets only the default.
  return { ...known, frames: [{ rule: frame.rule, actions: [frame.otherwise], otherwise: null }, ...others] };
}

/**
 * Continues a plan until something must be answered or everything is done.
 *
 * @throws Error for an answer that the plan doesn't wait for, or a missing one that it waits for
 */
export function next(plan: Plan, answer?: Answer): Step {
  if ((plan.waitsFor === null) !== (answer === undefined)) {
    throw new Error(plan.waitsFor === null ? 'the plan waits for no answer' : 'the plan waits for an answer');
  }
  let current = answer === undefined ? plan : answered(plan, answer);
  const effects: PlannedEffect[] = [];
  for (;;) {
    const [frame, ...others] = current.frames;
    if (frame === undefined) return { kind: 'done', effects, plan: current, outcome: current.outcome };
    const [action, ...rest] = frame.actions;
    const after: Plan = { ...current, frames: [{ ...frame, actions: rest }, ...others] };
    if (action === undefined) {
      // The answers of one rule aren't available to the next.
      current = { ...current, frames: others, given: {} };
    } else if (action.kind === 'do') {
      current = { ...current, frames: [{ ...frame, actions: [...action.actions, ...rest] }, ...others] };
    } else if (isQuestion(action)) {
      const request = filledQuestion(action, current);
      if (request !== null) return { kind: 'asks', effects, request, plan: { ...current, waitsFor: request } };
      current = after;
    } else if (isEffect(action)) {
      effects.push(filledEffect(action, current));
      current = after;
    } else {
      const outcome = decided(current, action, frame.rule);
      current = { ...after, outcome, frames: isFinal(action) ? [] : after.frames };
    }
  }
}
