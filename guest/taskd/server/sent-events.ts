/**
 * The last check of what taskd sends: an event that the host wouldn't accept, or that doesn't fit a frame, is dropped
 * and counted. What pi says is repaired earlier; this catches what was missed there.
 */
import { encodeFrame } from '../../../schema/jsonl';
import type { OutgoingEvent } from '../../../schema/rpc';
import { taskdApi, type TaskdApi } from '../../../schema/taskd-api';

/** With less than this many characters of text, no event gets near the size limit of a frame */
const surelyFits = 1_000_000;

export class SentEvents {
  #dropped = 0;

  constructor(private readonly log: (line: string) => void) {}

  /** Number of events that weren't sent */
  get dropped(): number {
    return this.#dropped;
  }

  /** Whether the host will accept it. */
  accepts({ event, payload }: OutgoingEvent<TaskdApi>): boolean {
    const problem = taskdApi.events[event].safeParse(payload).error ?? tooLong(payload);
    if (problem === undefined) return true;
    this.#dropped += 1;
    this.log(`dropped a malformed ${event}: ${problem.message.slice(0, 500)}`);
    return false;
  }
}

function tooLong(payload: unknown): Error | undefined {
  if (roughLength(payload) < surelyFits) return undefined;
  try {
    encodeFrame({ type: 'event', payload, more: ' '.repeat(1_000) });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** Number of characters of all texts in a value, as far as they matter here. */
function roughLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [name, member]) => sum + name.length + roughLength(member), 0);
}
