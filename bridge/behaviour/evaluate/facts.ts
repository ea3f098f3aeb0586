/** Everything that a decision is based on: the event, and what was computed about it beforehand. Plain data. */
import type { JsonValue } from '../action';
import type { Act } from '../vocabulary/acts';
import { emptyCounts, type Counts } from '../vocabulary/counters';
import type { EventName } from '../vocabulary/events';

export interface Facts {
  readonly event: EventName;
  /** The harness that sends the event, such as `pi` */
  readonly harness: string;
  readonly session: { readonly id: string; readonly name: string };
  /** Absolute paths in the sandbox; `null` when the task has none */
  readonly places: Readonly<Record<'folder' | 'outputs' | 'uploads' | 'temp', string | null>>;
  /** The event's fields, with the names in `vocabulary/events.ts`; `input.command` is `fields.input.command` */
  readonly fields: Readonly<Record<string, JsonValue>>;
  /** Absolute, normalised paths that the call touches, as far as they are known */
  readonly paths: readonly string[];
  readonly acts: readonly Act[];
  /** The acts as text: "delete 3 files in Reports" */
  readonly sentence: string;
  readonly privileged: boolean;
  readonly network: boolean;
  readonly longRunning: boolean;
  readonly counts: Counts;
  readonly flags: Readonly<Record<string, boolean | string>>;
}

/** Partly known facts; the rest has the values of an idle session without a folder. */
export function factsOf(known: Partial<Facts> & Pick<Facts, 'event'>): Facts {
  return {
    harness: 'pi',
    session: { id: '', name: '' },
    places: { folder: null, outputs: null, uploads: null, temp: '/tmp' },
    fields: {},
    paths: [],
    acts: [],
    sentence: '',
    privileged: false,
    network: false,
    longRunning: false,
    counts: emptyCounts,
    flags: {},
    ...known,
  };
}

function below(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  const [name, ...rest] = path;
  if (name === undefined || value === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Object.hasOwn(value, name)) return undefined;
  // Only own members; list items by their index.
  return below((value as Readonly<Record<string, JsonValue>>)[name], rest);
}

/** The value of a field by its name in behaviour files; `undefined` when there is none. */
export function fieldValue(facts: Facts, field: string): JsonValue | undefined {
  switch (field) {
    case 'event':
      return facts.event;
    case 'harness':
      return facts.harness;
    case 'session.id':
      return facts.session.id;
    case 'session.name':
      return facts.session.name;
    case 'folder':
      return facts.places.folder ?? undefined;
    case 'count.tool-calls':
      return facts.counts.turn.totals['tool-calls'];
    case 'acts.sentence':
      return facts.sentence;
    case 'acts.total':
      return facts.acts.reduce((sum, act) => sum + act.count, 0);
  }
  if (field.startsWith('flag.')) {
    const name = field.slice('flag.'.length);
    return Object.hasOwn(facts.flags, name) ? facts.flags[name] : undefined;
  }
  // Some fields have a dot in their own name, such as `call.id`.
  if (Object.hasOwn(facts.fields, field)) return facts.fields[field];
  return below(facts.fields, field.split('.'));
}

/** A value as text, for tests and for texts with fields; data becomes JSON. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
