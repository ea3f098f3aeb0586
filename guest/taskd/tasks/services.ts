/** What a task needs from the rest of taskd. */
import type { OutgoingEvent } from '../../../schema/rpc';
import type { TaskdApi } from '../../../schema/taskd-api';
import type { ParkingLot } from '../pi/parking-lot';
import type { Slots } from '../sandbox/slots';

export interface TaskServices {
  readonly lot: Pick<ParkingLot, 'claim' | 'refill' | 'countAnswering'>;
  readonly slots: Pick<Slots, 'fill' | 'clear' | 'launch' | 'hits' | 'limits'>;
  /** The sandboxes' seccomp filter; `null` where there are no sandboxes, in tests */
  readonly filterFile: string | null;
  /** Where the host's files are mounted */
  readonly filesRoot: string;
  /** Who the agent is */
  readonly uid: number;
  readonly gid: number;
  emit(event: OutgoingEvent<TaskdApi>): void;
  /** Numbers pi processes, to recognise events of an older one */
  nextGeneration(): number;
  gatewayToken(taskId: string): string;
  timeZone(): string;
  /** Resolves when the host's files are there. @throws Error with the reason when they couldn't be mounted */
  filesMounted(): Promise<void>;
  /** Resolves when the host has everything that was written, or won't accept it; never rejects */
  syncFiles(): Promise<void>;
  readonly onParkingFailure: (error: unknown) => void;
}
