/** An event as a person or a recording gives it, made into facts. */
import { z } from 'zod';
import { factsOf, type Facts } from '../behaviour/evaluate/facts';
import { emptyCounts, type Counts } from '../behaviour/vocabulary/counters';
import { actKinds } from '../behaviour/vocabulary/acts';
import { eventNames, isEventName } from '../behaviour/vocabulary/events';
import { quoted, suggestion } from '../behaviour/source/suggest';
import { CliUsageError } from './cli-io';

const act = z.strictObject({
  kind: z.enum(actKinds),
  path: z.string().default(''),
  target: z.string().default(''),
  count: z.number().int().nonnegative().default(1),
});

const known = z.looseObject({
  event: z.string(),
  harness: z.string().optional(),
  folder: z.string().optional(),
  outputs: z.string().optional(),
  uploads: z.string().optional(),
  paths: z.array(z.string()).default([]),
  acts: z.array(act).default([]),
  sentence: z.string().default(''),
  privileged: z.boolean().default(false),
  network: z.boolean().default(false),
  'long-running': z.boolean().default(false),
  counts: z.record(z.string(), z.number()).default({}),
  flags: z.record(z.string(), z.union([z.boolean(), z.string()])).default({}),
});

/** The members above; every other member is a field of the event. */
const ownMembers = new Set(Object.keys(known.shape));

function countsOf(totals: Readonly<Record<string, number>>): Counts {
  const set = { ...emptyCounts.turn, totals: { ...emptyCounts.turn.totals, ...totals } };
  return { turn: set, session: set };
}

/** The `path` of a call stands for its paths where none are given. */
function pathsOf(input: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null || !('path' in input)) return [];
  return typeof input.path === 'string' ? [input.path] : [];
}

/** @throws CliUsageError that says what is wrong with the event */
export function eventFacts(value: unknown): Facts {
  const parsed = known.safeParse(value);
  if (!parsed.success) throw new CliUsageError(`That is no event: ${z.prettifyError(parsed.error)}`);
  const given = parsed.data;
  const event = given.event.replaceAll('_', '-');
  if (!isEventName(event)) {
    throw new CliUsageError(`There is no event ${quoted(given.event)}; ${suggestion(event, eventNames)}`);
  }
  const own = Object.entries(given).filter(([name]) => !ownMembers.has(name));
  const fields = z.record(z.string(), z.json()).parse(Object.fromEntries(own));
  return factsOf({
    event,
    ...(given.harness === undefined ? {} : { harness: given.harness }),
    places: {
      folder: given.folder ?? '/mnt/workdir',
      outputs: given.outputs ?? null,
      uploads: given.uploads ?? null,
      temp: '/tmp',
    },
    fields,
    paths: given.paths.length > 0 ? given.paths : pathsOf(fields['input']),
    acts: given.acts,
    sentence: given.sentence,
    privileged: given.privileged,
    network: given.network,
    longRunning: given['long-running'],
    counts: countsOf(given.counts),
    flags: given.flags,
  });
}

/** The facts of a JSON text. @throws CliUsageError */
export function parseEvent(json: string): Facts {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new CliUsageError(`The event is no JSON: ${(error as Error).message}`);
  }
  return eventFacts(value);
}
