/** Which events the bridge wants, and how each is waited for. */
import type { EventClass, EventSubscription, ExtensionManifest } from '../../schema/generated/pi-api';
import { armOf, kindOf } from './arms/all-arms';

/** How one event is sent. */
export interface Plan {
  readonly class: EventClass;
  /** Milliseconds */
  readonly deadlineMs: number;
}

/** The bridge itself, or a manifest that was written ahead. */
export type ManifestSource = 'bridge' | 'file';

/** An event that allows no answer is not waited for, and one that cannot be refused is no gate. */
function classOf({ name, class: wanted }: EventSubscription): EventClass {
  if (kindOf(name).responses.length === 0) return 'notification';
  return wanted === 'gate' && !armOf(name).refuse ? 'transform' : wanted;
}

export class Subscriptions {
  #all: ReadonlyMap<string, EventSubscription> = new Map();
  #source: ManifestSource | null = null;

  /** Who has said what is wanted; `null` for nobody yet. */
  get source(): ManifestSource | null {
    return this.#source;
  }

  learn({ events }: Pick<ExtensionManifest, 'events'>, source: ManifestSource): void {
    this.#source = source;
    this.#all = new Map(events.map((one) => [one.name, one]));
  }

  /** `null` where nobody wants it. */
  planFor(name: string, toolName: string | undefined): Plan | null {
    const wanted = this.#all.get(name);
    if (!wanted) return null;
    const { toolNames, deadlineMs } = wanted;
    if (toolNames.length > 0 && toolName !== undefined && !toolNames.includes(toolName)) return null;
    return { class: classOf(wanted), deadlineMs: deadlineMs > 0 ? deadlineMs : kindOf(name).deadlineMs };
  }
}
