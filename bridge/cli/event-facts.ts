/** Turns an event from a person or a recording into facts. */
import { z } from 'zod';
import { factsOf, valueText, type Facts } from '../behaviour/evaluate/facts';
import { emptyCounts, type Counts } from '../behaviour/vocabulary/counters';
import { actKinds } from '../behaviour/vocabulary/acts';
import { eventNames, isEventName } from '../behaviour/vocabulary/events';
import { quoted, suggestion } from '../behaviour/source/suggest';
import { callFacts } from '../guard/call-facts';
import type { FolderLook } from '../guard/folder-look';
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
  paths: z.array(z.string()).optional(),
  acts: z.array(act).optional(),
  sentence: z.string().optional(),
  privileged: z.boolean().optional(),
  network: z.boolean().optional(),
  'long-running': z.boolean().optional(),
  counts: z.record(z.string(), z.number()).default({}),
  flags: z.record(z.string(), z.union([z.boolean(), z.string()])).default({}),
});

/** The members above; every other member is a field of the event. */
const ownMembers = new Set(Object.keys(known.shape));

function countsOf(totals: Readonly<Record<string, number>>): Counts {
  const set = { ...emptyCounts.turn, totals: { ...emptyCounts.turn.totals, ...totals } };
  return { turn: set, session: set };
}

/** The folder in which a call's acts are looked up. */
export interface Surroundings {
  readonly folder: string;
  readonly look: FolderLook;
}

/** For a recording: what was in its folder is no longer known. */
export const emptyFolder: Surroundings = {
  folder: '/mnt/workdir',
  look: { kindOf: () => null, namesIn: () => [] },
};

/** @throws CliUsageError that says what is wrong with the event */
export function eventFacts(value: unknown, { folder, look }: Surroundings): Facts {
  const parsed = known.safeParse(value);
  if (!parsed.success) throw new CliUsageError(`That isn't an event: ${z.prettifyError(parsed.error)}`);
  const given = parsed.data;
  const event = given.event.replaceAll('_', '-');
  if (!isEventName(event)) {
    throw new CliUsageError(`There is no event ${quoted(given.event)}; ${suggestion(event, eventNames)}`);
  }
  const own = Object.entries(given).filter(([name]) => !ownMembers.has(name));
  const fields = z.record(z.string(), z.json()).parse(Object.fromEntries(own));
  const cwd = given.folder ?? folder;
  const tool = valueText(fields['tool']);
  const call = callFacts({ tool: event === 'tool-call' ? tool : '', input: fields['input'] ?? null, cwd }, look);
  return factsOf({
    event,
    harness: given.harness ?? 'pi',
    places: { folder: cwd, outputs: given.outputs ?? null, uploads: given.uploads ?? null, temp: '/tmp' },
    fields,
    paths: given.paths ?? call.paths,
    acts: given.acts ?? call.acts,
    sentence: given.sentence ?? call.sentence,
    privileged: given.privileged ?? call.privileged,
    network: given.network ?? call.network,
    longRunning: given['long-running'] ?? call.longRunning,
    counts: countsOf(given.counts),
    flags: given.flags,
  });
}

/** The facts of a JSON text. @throws CliUsageError */
export function parseEvent(json: string, surroundings: Surroundings): Facts {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new CliUsageError(`The event isn't JSON: ${(error as Error).message}`);
  }
  return eventFacts(value, surroundings);
}
