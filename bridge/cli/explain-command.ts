/** `explain FILE --event JSON`: which rules fire for an event and why, and why the others don't. */
import { conditionText } from '../behaviour/evaluate/condition-text';
import { decide, traceRules, type RuleTrace } from '../behaviour/evaluate/decide';
import type { Facts } from '../behaviour/evaluate/facts';
import type { Judgement } from '../behaviour/evaluate/judge';
import { next, type Step } from '../behaviour/evaluate/next';
import type { Outcome } from '../behaviour/evaluate/outcome';
import { outcomeText } from '../behaviour/evaluate/outcome-text';
import type { Answer, PlannedEffect, Request } from '../behaviour/evaluate/request';
import type { CliIo } from './cli-io';
import { parseEvent } from './event-facts';
import { loadBehaviour } from './load-behaviour';

function judgementLines({ condition, holds, found, parts }: Judgement, indent: string): readonly string[] {
  const seen = found === '' ? '' : `   found ${found}`;
  return [
    `${indent}${holds ? 'yes' : 'no '}  ${conditionText(condition)}${seen}`,
    ...parts.flatMap((part) => judgementLines(part, `${indent}  `)),
  ];
}

function traceLines(trace: RuleTrace): readonly string[] {
  const { file, line } = trace.at;
  const place = trace.rule === `${file}:${line}` ? trace.rule : `${trace.rule} (${file}:${line})`;
  return [
    `${trace.fires ? 'fires  ' : 'does not'} ${place}`,
    ...(trace.judgement === null ? ['    yes  always'] : judgementLines(trace.judgement, '    ')),
  ];
}

const withoutKind = ({ kind: _, ...rest }: PlannedEffect | Request): string => JSON.stringify(rest);

/** The outcome and who decided. */
function endText(outcome: Outcome): string {
  return outcome.because === null ? outcomeText(outcome) : `${outcomeText(outcome)}   (${outcome.because})`;
}

const no: Answer = { kind: 'none', why: 'cancelled', reason: '' };

/** The answer that lets a question pass. */
function yesTo(request: Request): Answer {
  switch (request.kind) {
    case 'confirm':
      return { kind: 'confirm', isConfirmed: true };
    case 'select':
      return { kind: 'text', text: request.options[0] ?? '' };
    case 'input':
    case 'editor':
      return { kind: 'text', text: '' };
    case 'ask-act':
      return { kind: 'act', isAllowed: true, reason: '' };
    case 'shell':
      return { kind: 'shell', code: 0, output: '' };
    case 'run-tool':
      return { kind: 'tool', isError: false, output: '' };
  }
}

/** How many levels of follow-up questions are followed both ways; each level doubles the output. */
const deepestQuestion = 5;

/** What follows a yes and a no, for every question. */
function stepLines(step: Step, indent: string, depth = 0): readonly string[] {
  const effects = step.effects.map((effect) => `${indent}${effect.kind} ${withoutKind(effect)}`);
  if (step.kind === 'done') return [...effects, `${indent}→ ${endText(step.outcome)}`];
  const asked = [...effects, `${indent}${step.request.kind} ${withoutKind(step.request)}`];
  if (depth >= deepestQuestion) return [...asked, `${indent}…`];
  return [
    ...asked,
    `${indent}yes:`,
    ...stepLines(next(step.plan, yesTo(step.request)), `${indent}  `, depth + 1),
    `${indent}no:`,
    ...stepLines(next(step.plan, no), `${indent}  `, depth + 1),
  ];
}

export interface ExplainRequest {
  readonly file: string;
  /** JSON */
  readonly event: string;
  /** The task's folder, in which a command's acts are looked up */
  readonly folder: string;
}

/** Returns the exit code: 0 when the behaviour and the event can be read. */
export async function explainCommand({ file, event, folder }: ExplainRequest, io: CliIo): Promise<number> {
  const facts: Facts = parseEvent(event, { folder: io.absolute(folder), look: io.look });
  const behaviour = await loadBehaviour(file, io);
  if (behaviour === null) return 1;
  const traces = traceRules(behaviour.table, facts);
  if (traces.length === 0) {
    io.print(`No rule is about :${facts.event}.`);
    return 0;
  }
  for (const trace of traces) for (const line of traceLines(trace)) io.print(line);
  io.print('what follows:');
  for (const line of stepLines(next(decide(behaviour.table, facts).plan), '  ')) io.print(line);
  return 0;
}
