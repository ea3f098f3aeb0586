/** What a task needs from the rest of taskd. */
import type { OutgoingEvent } from '../../../schema/rpc';
import type { TaskdApi } from '../../../schema/taskd-api';
import type { ParkingLot } from '../pi/parking-lot';
import type { shares } from '../sandbox/layout';
import type { Slots } from '../sandbox/slots';

export interface TaskServices {
  readonly lot: Pick<ParkingLot, 'claim' | 'refill' | 'countAnswering'>;
  readonly slots: Pick<Slots, 'fill' | 'clear'>;
  /** Where the host's folders are mounted */
  readonly shares: Readonly<Record<keyof typeof shares, string>>;
  readonly uid: number;
  readonly gid: number;
  emit(event: OutgoingEvent<TaskdApi>): void;
  /** Numbers pi processes, so that news of an older one is told apart */
  nextGeneration(): number;
  gatewayToken(taskId: string): string;
  timeZone(): string;
  /** Resolves when the host's folders are there. @throws Error naming the one that could not be mounted */
  sharesMounted(): Promise<void>;
  readonly onParkingFailure: (error: unknown) => void;
}
