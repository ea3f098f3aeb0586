/** Compares a recorded session with a behaviour: what would have been different. Pure. */
import type { RuleTable } from '../table';
import { emptyCounts } from '../vocabulary/counters';
import { countEvent, countOutcome } from './count-event';
import { decide } from './decide';
import type { Facts } from './facts';
import { next } from './next';
import type { Outcome } from './outcome';
import { outcomeText } from './outcome-text';
import type { Plan } from './plan';
import type { Answer, Request } from './request';

/** A question that was asked, and whether the answer was yes; `text` is what was typed or chosen. */
export interface RecordedAnswer {
  readonly kind: Request['kind'];
  readonly isYes: boolean;
  readonly text?: string | undefined;
}

export interface RecordedEvent {
  readonly facts: Facts;
  readonly outcome: Outcome;
  readonly asked: readonly RecordedAnswer[];
}

/** The result of one event, then and now. */
export interface Replayed {
  readonly facts: Facts;
  /** Rules that fire now */
  readonly rules: readonly string[];
  readonly was: string;
  readonly now: string;
  readonly isSame: boolean;
}

function answerOf(request: Request, { isYes, text }: RecordedAnswer): Answer {
  if (!isYes) return { kind: 'none', why: 'cancelled', reason: text ?? '' };
  switch (request.kind) {
    case 'confirm':
      return { kind: 'confirm', isConfirmed: true };
    case 'ask-act':
      return { kind: 'act', isAllowed: true, reason: text ?? '' };
    case 'select':
    case 'input':
    case 'editor':
      return { kind: 'text', text: text ?? '' };
    case 'shell':
      return { kind: 'shell', code: 0, output: text ?? '' };
    case 'run-tool':
      return { kind: 'tool', isError: false, output: text ?? '' };
  }
}

interface Run {
  readonly outcome: Outcome;
  readonly used: readonly RecordedAnswer[];
  /** A question that is asked now but wasn't then; what follows is unknown */
  readonly open: Request | null;
}

function run(plan: Plan, asked: readonly RecordedAnswer[]): Run {
  const left = [...asked];
  const used: RecordedAnswer[] = [];
  let step = next(plan);
  for (;;) {
    if (step.kind === 'done') return { outcome: step.outcome, used, open: null };
    const { request } = step;
    const found = left.findIndex(({ kind }) => kind === request.kind);
    const [answer] = found < 0 ? [] : left.splice(found, 1);
    if (answer === undefined) return { outcome: step.plan.outcome, used, open: request };
    used.push(answer);
    step = next(step.plan, answerOf(request, answer));
  }
}

function questionText(request: Request): string {
  switch (request.kind) {
    case 'ask-act':
      return `asks: ${request.sentence}`;
    case 'shell':
      return `runs: ${request.command}`;
    case 'run-tool':
      return `runs the tool ${request.tool}`;
    default:
      return `asks: ${request.title}`;
  }
}

/** Replays the events in order. Counters and answers come from the recording where it has them. */
export function replay(table: RuleTable, recorded: readonly RecordedEvent[]): readonly Replayed[] {
  let counts = emptyCounts;
  return recorded.map(({ facts: known, outcome, asked }) => {
    counts = countEvent(counts, known);
    const facts: Facts = { ...known, counts };
    const { fired, plan } = decide(table, facts);
    const result = run(plan, asked);
    counts = countOutcome(counts, result.outcome, result.used);
    const notAsked = asked.filter((answer) => !result.used.includes(answer));
    const askedText = notAsked.length === 0 ? '' : ` (then asked: ${notAsked.map(({ kind }) => kind).join(', ')})`;
    const was = outcomeText(outcome);
    const now = result.open === null ? outcomeText(result.outcome) : questionText(result.open);
    const isSame = was === now && notAsked.length === 0;
    return { facts, rules: fired.map(({ rule }) => rule), was: `${was}${askedText}`, now, isSame };
  });
}
