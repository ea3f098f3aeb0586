/**
 * A scenario of the tour model: data for what to answer, which tools to call and what to read from their results.
 *
 * Texts contain placeholders, `{{path}}` or `{{path|filter}}`, see `template.ts`. Available from the start are
 * `folder.path`, `folder.kind` (working, uploads or none), `outputs`, `uploads`, `argument` (what follows a command)
 * and `script.*`; each step adds its result under its `as` name.
 */
import { z } from 'zod';

/** Lines are easier to read in JSON than one long string. */
const text = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat().join('\n'));

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Compares the value at the path; an absent value counts as `null`. */
const condition = z.union([
  z.strictObject({ value: z.string(), is: plain }),
  z.strictObject({ value: z.string(), isNot: plain }),
]);
export type Condition = z.output<typeof condition>;

const step = z.strictObject({
  /** The step is skipped unless all are true */
  when: z.array(condition).default([]),
  say: text,
  tool: z.string(),
  arguments: z.record(z.string(), z.union([text, z.number()])),
  /** Path of a list: calls the tool once for each `item`; skips the step when the list is empty */
  each: z.string().optional(),
  /** Name for the result of a single call */
  as: z.string().optional(),
  /** json: parses the last line of the result */
  read: z.enum(['text', 'json']).default('text'),
  /** A result that doesn't match ends the scenario, with a message that it failed */
  expect: z.string().optional(),
});
export type Step = z.output<typeof step>;

export const scenario = z.strictObject({
  name: z.string(),
  match: z.union([
    /** `tour: <command>`; what follows is the argument */
    z.strictObject({ command: z.string() }),
    /** Alternatives; in each, every word beginning must occur */
    z.strictObject({ words: z.array(z.array(z.string()).min(1)).min(1) }),
    z.strictObject({ anything: z.literal(true) }),
  ]),
  /** Milliseconds between two pieces of streamed text */
  paceMs: z.number().nonnegative().default(12),
  /** Instead of an answer: an HTTP status (the argument, or 500), or a stream that is cut after the first words */
  fault: z.enum(['status', 'cut']).optional(),
  scripts: z.record(z.string(), text).default({}),
  steps: z.array(step).default([]),
  /** Says the first whose conditions are true */
  final: z.array(z.strictObject({ when: z.array(condition).default([]), say: text })).min(1),
});
export type Scenario = z.output<typeof scenario>;
