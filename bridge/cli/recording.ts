/** A recorded session: one JSON object per line, `{"event": …, "decision": …}`. */
import { z } from 'zod';
import { noOutcome, type Outcome } from '../behaviour/evaluate/outcome';
import type { RecordedEvent } from '../behaviour/evaluate/replay';
import { CliUsageError } from './cli-io';
import { emptyFolder, eventFacts } from './event-facts';

const answer = z.looseObject({
  kind: z.enum(['confirm', 'select', 'input', 'editor', 'ask-act', 'shell', 'run-tool']),
  isYes: z.boolean(),
  text: z.string().optional(),
});

const decision = z.looseObject({
  verdict: z.enum(['none', 'allow', 'block']).default('none'),
  reason: z.string().default(''),
  endsRun: z.boolean().default(false),
  inputPatch: z.record(z.string(), z.json()).nullable().default(null),
  resultChange: z
    .object({
      replace: z.string().nullable().default(null),
      before: z.array(z.string()).default([]),
      after: z.array(z.string()).default([]),
      isError: z.boolean().nullable().default(null),
    })
    .nullable()
    .default(null),
  context: z
    .array(z.object({ text: z.string(), to: z.enum(['message', 'system']), isShown: z.boolean().default(false) }))
    .default([]),
  continuation: z.object({ text: z.string().nullable() }).nullable().default(null),
  asked: z.array(answer).default([]),
});

const recordedLine = z.looseObject({ event: z.unknown().optional(), decision: decision.prefault({}) });

function recordedEvent(line: string): RecordedEvent {
  const parsed = recordedLine.safeParse(JSON.parse(line));
  if (!parsed.success) throw new CliUsageError(z.prettifyError(parsed.error));
  const { asked, verdict, reason, endsRun, inputPatch, resultChange, context, continuation } = parsed.data.decision;
  const outcome: Outcome = {
    ...noOutcome,
    verdict,
    reason,
    endsRun,
    inputPatch,
    resultChange,
    context,
    continuation,
  };
  return { facts: eventFacts(parsed.data.event, emptyFolder), outcome, asked };
}

/** The events of a recording. @throws CliUsageError with the number of the line that can't be read */
export function parseRecording(text: string): readonly RecordedEvent[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [recordedEvent(line)];
    } catch (error) {
      throw new CliUsageError(`Line ${index + 1} of the recording: ${(error as Error).message}`);
    }
  });
}
