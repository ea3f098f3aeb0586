/** What several behaviours offer together. Pure. */
import type { CompiledBehaviour } from '../behaviour/compile';
import { contractManifest } from '../behaviour/contract/manifest-message';
import {
  protocolVersion,
  type EventClass,
  type EventSubscription,
  type ExtensionManifest,
} from '../../schema/generated/pi-api';

export interface MergedManifest {
  readonly manifest: ExtensionManifest;
  /** Names that two of them use; the first one gets them */
  readonly conflicts: readonly string[];
}

interface Named {
  readonly name: string;
}

function firstOfEach<T>(
  lists: readonly (readonly T[])[],
  nameOf: (one: T) => string,
  conflicts: string[],
): readonly T[] {
  const taken = new Map<string, T>();
  for (const one of lists.flat()) {
    if (taken.has(nameOf(one))) conflicts.push(nameOf(one));
    else taken.set(nameOf(one), one);
  }
  return [...taken.values()];
}

/** Ordered from notifications to gates */
const strictness: readonly EventClass[] = ['notification', 'transform', 'gate'];
const stricter = (one: EventClass, other: EventClass): EventClass =>
  strictness.indexOf(one) >= strictness.indexOf(other) ? one : other;

/**
 * The strictest class that any behaviour wants for the event, and the sum of their times, because they run one after
 * the other.
 */
function mergedEvents(lists: readonly (readonly EventSubscription[])[]): readonly EventSubscription[] {
  const merged = new Map<string, EventSubscription>();
  for (const event of lists.flat()) {
    const before = merged.get(event.name);
    const both = before && {
      ...before,
      class: stricter(before.class, event.class),
      deadlineMs: before.deadlineMs + event.deadlineMs,
    };
    merged.set(event.name, both ?? event);
  }
  return [...merged.values()];
}

/** Always subscribed to: the ledger needs the beginning and end of turns. */
const always: readonly EventSubscription[] = (['before_agent_start', 'agent_settled'] as const).map((name) => ({
  ...{ name, class: 'notification', deadlineMs: 0, toolNames: [] },
}));

export function mergedManifest(behaviours: readonly CompiledBehaviour[]): MergedManifest {
  const all = behaviours.map(contractManifest);
  const conflicts: string[] = [];
  const byName = ({ name }: Named): string => name;
  const [first] = all;
  const manifest: ExtensionManifest = {
    protocolVersion,
    name: all.map(({ name }) => name).join('+'),
    version: first?.version ?? '0',
    description: first?.description,
    behaviourDigest: first?.behaviourDigest,
    tools: firstOfEach(
      all.map(({ tools }) => tools),
      byName,
      conflicts,
    ),
    commands: firstOfEach(
      all.map(({ commands }) => commands),
      byName,
      conflicts,
    ),
    shortcuts: firstOfEach(
      all.map(({ shortcuts }) => shortcuts),
      ({ key }) => key,
      conflicts,
    ),
    flags: firstOfEach(
      all.map(({ flags }) => flags),
      byName,
      conflicts,
    ),
    events: mergedEvents([...all.map(({ events }) => events), always]),
    needs: [...new Set(all.flatMap(({ needs }) => needs))],
  };
  return { manifest, conflicts };
}
