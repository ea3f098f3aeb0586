/**
 * Limits frequent events to ten a second: joins the deltas of one block, and keeps only the last partial result of each
 * tool. Any other event flushes them first, so the order stays the same.
 */
import type { MessageUpdated } from './arms/message-arms';
import type { OfTool } from './arms/tool-arms';

const intervalMs = 100;

/** Whether events of this name are limited here. */
export const isHot = (name: string): boolean => name === 'message_update' || name === 'tool_execution_update';

type Delta = MessageUpdated['assistantMessageEvent'];

interface Gathered {
  readonly name: string;
  event: object;
}

export class HotEvents {
  #gathered: Gathered[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly send: (name: string, event: object) => void) {}

  push(name: string, event: object): void {
    if (name === 'message_update') this.#addDelta((event as MessageUpdated).assistantMessageEvent);
    else this.#replaceUpdate(name, event as OfTool);
    if (this.#gathered.length === 0) return;
    this.#timer ??= setTimeout(() => this.flush(), intervalMs).unref();
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const gathered = this.#gathered;
    this.#gathered = [];
    for (const { name, event } of gathered) this.send(name, event);
  }

  /** The begin and end of a block add nothing to what the end of the message says. */
  #addDelta({ type, contentIndex = 0, delta }: Delta): void {
    if (delta === undefined || delta === '') return;
    const last = this.#gathered.at(-1);
    const known = last?.name === 'message_update' ? (last.event as MessageUpdated).assistantMessageEvent : undefined;
    if (last && known?.type === type && known.contentIndex === contentIndex) {
      last.event = { assistantMessageEvent: { type, contentIndex, delta: `${known.delta ?? ''}${delta}` } };
      return;
    }
    this.#gathered.push({ name: 'message_update', event: { assistantMessageEvent: { type, contentIndex, delta } } });
  }

  #replaceUpdate(name: string, event: OfTool): void {
    const known = this.#gathered.find(
      (one) => one.name === name && (one.event as OfTool).toolCallId === event.toolCallId,
    );
    if (known) known.event = event;
    else this.#gathered.push({ name, event });
  }
}
