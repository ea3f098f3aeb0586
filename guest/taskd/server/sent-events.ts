/**
 * The last look at what taskd sends: an event that the host would not accept, or that fits no frame, costs itself and
 * is counted. What pi says is repaired before; this is for what was forgotten there.
 */
import { encodeFrame } from '../../../schema/jsonl';
import type { OutgoingEvent } from '../../../schema/rpc';
import { taskdApi, type TaskdApi } from '../../../schema/taskd-api';

/** Below this many characters of one text no event comes near the cap of a frame */
const surelyFits = 1_000_000;

export class SentEvents {
  #dropped = 0;

  constructor(private readonly log: (line: string) => void) {}

  /** Events that were not sent */
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

/** Characters of all texts in a value, as far as they matter here. */
function roughLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [name, member]) => sum + name.length + roughLength(member), 0);
}
