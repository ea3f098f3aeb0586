/** What several behaviours offer together. Pure. */
import type { CompiledBehaviour } from '../behaviour/compile';
import { contractManifest } from '../behaviour/contract/manifest-message';
import { protocolVersion, type EventSubscription, type ExtensionManifest } from '../../schema/generated/pi-api';

export interface MergedManifest {
  readonly manifest: ExtensionManifest;
  /** Names that two of them wanted; the first has them */
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

/** The strictest class and the longest time of those that want an event. */
function mergedEvents(lists: readonly (readonly EventSubscription[])[]): readonly EventSubscription[] {
  const merged = new Map<string, EventSubscription>();
  for (const event of lists.flat()) {
    const before = merged.get(event.name);
    // Each waits for its own answer, one after the other.
    merged.set(event.name, before ? { ...before, deadlineMs: before.deadlineMs + event.deadlineMs } : event);
  }
  return [...merged.values()];
}

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
    events: mergedEvents(all.map(({ events }) => events)),
    needs: [...new Set(all.flatMap(({ needs }) => needs))],
  };
  return { manifest, conflicts };
}
