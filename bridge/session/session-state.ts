/** What the bridge knows of the session under way, as plain data. */
import type { Facts } from '../behaviour/evaluate/facts';
import { emptyCounts, type Counts } from '../behaviour/vocabulary/counters';
import type { BridgeInit } from '../../schema/generated/pi-api';

export interface SessionState {
  readonly id: string;
  readonly harness: string;
  /** Absolute path in the sandbox */
  readonly cwd: string;
  readonly places: Facts['places'];
  readonly counts: Counts;
}

/** A session that has just begun. The harness is known with `describe`. */
export function newSession({ sessionId, cwd, folders }: BridgeInit): SessionState {
  const { work = null, outputs = null, uploads = null } = folders;
  return {
    id: sessionId,
    harness: '',
    cwd,
    places: { folder: work, outputs, uploads, temp: '/tmp' },
    counts: emptyCounts,
  };
}
