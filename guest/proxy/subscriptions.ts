/** Which events the bridge wants, and how pi waits for each. */
import type { EventClass, EventSubscription, ExtensionManifest } from '../../schema/generated/pi-api';
import { armOf, kindOf } from './arms/all-arms';

/** How one event is sent. */
export interface Plan {
  readonly class: EventClass;
  /** Milliseconds */
  readonly deadlineMs: number;
}

/** Where a manifest came from: the running bridge, or a file written in advance. */
export type ManifestSource = 'bridge' | 'file';

/** An event that allows no answer is a notification, and an event that can't be refused is never a gate. */
function classOf({ name, class: wanted }: EventSubscription): EventClass {
  if (kindOf(name).responses.length === 0) return 'notification';
  return wanted === 'gate' && !armOf(name).refuse ? 'transform' : wanted;
}

export class Subscriptions {
  #all: ReadonlyMap<string, EventSubscription> = new Map();
  #source: ManifestSource | null = null;

  /** Where the current subscriptions come from; `null` before there are any. */
  get source(): ManifestSource | null {
    return this.#source;
  }

  learn({ events }: Pick<ExtensionManifest, 'events'>, source: ManifestSource): void {
    this.#source = source;
    this.#all = new Map(events.map((one) => [one.name, one]));
  }

  /** `null` when the bridge doesn't want the event. */
  planFor(name: string, toolName: string | undefined): Plan | null {
    const wanted = this.#all.get(name);
    if (!wanted) return null;
    const { toolNames, deadlineMs } = wanted;
    if (toolNames.length > 0 && toolName !== undefined && !toolNames.includes(toolName)) return null;
    return { class: classOf(wanted), deadlineMs: deadlineMs > 0 ? deadlineMs : kindOf(name).deadlineMs };
  }
}
