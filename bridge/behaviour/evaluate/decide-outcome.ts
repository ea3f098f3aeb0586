/** How a decision changes the outcome. Pure. */
import type { Decision } from '../action';
import type { Outcome } from './outcome';
import type { Plan } from './plan';
import { render, renderFields } from './render';

/** The outcome after one more decision of a rule. */
export function decided(plan: Plan, decision: Decision, rule: string): Outcome {
  const { facts, given, outcome } = plan;
  switch (decision.kind) {
    case 'block': {
      const reason = render(decision.reason, facts, given);
      return { ...outcome, verdict: 'block', reason, endsRun: decision.endsRun, because: rule };
    }
    case 'allow':
      return { ...outcome, verdict: 'allow', because: rule };
    case 'patch-input':
      return { ...outcome, inputPatch: { ...outcome.inputPatch, ...renderFields(decision.fields, facts, given) } };
    case 'change-result': {
      const { replace, before, after, isError } = outcome.resultChange ?? {
        replace: null,
        before: [],
        after: [],
        isError: null,
      };
      const replacement = decision.replace === null ? null : render(decision.replace, facts, given, 'data');
      // A replacement also replaces what earlier rules have added around the result.
      const kept = replacement === null ? { before, after } : { before: [], after: [] };
      return {
        ...outcome,
        resultChange: {
          replace: replacement ?? replace,
          before:
            decision.prepend === null ? kept.before : [render(decision.prepend, facts, given, 'data'), ...kept.before],
          after: decision.append === null ? kept.after : [...kept.after, render(decision.append, facts, given, 'data')],
          isError: decision.isError ?? isError,
        },
      };
    }
    case 'add-context': {
      const added = { text: render(decision.text, facts, given, 'data'), to: decision.to, isShown: decision.isShown };
      return { ...outcome, context: [...outcome.context, added] };
    }
    case 'add-resources': {
      const { skills, prompts } = outcome.resources;
      const resources = { skills: [...skills, ...decision.skills], prompts: [...prompts, ...decision.prompts] };
      return { ...outcome, resources };
    }
    case 'continue': {
      const text = decision.text === null ? null : render(decision.text, facts, given, 'data');
      const before = outcome.continuation?.text ?? null;
      const texts = [before, text].filter((part) => part !== null);
      return { ...outcome, continuation: { text: texts.length === 0 ? null : texts.join('\n\n') } };
    }
    case 'session':
      return { ...outcome, sessionChange: decision.change };
    case 'reply':
      return { ...outcome, reply: { text: render(decision.text, facts, given, 'data'), isError: decision.isError } };
  }
}

/** Decisions that end the evaluation of further rules. */
export const isFinal = (decision: Decision): boolean => ['block', 'allow', 'reply'].includes(decision.kind);
