/** Tells the person which limits a task hit since they were last told. */
import { notice, type TaskEvent } from '../pi/task-event';
import { limitSentences } from '../sandbox/limits';
import type { PiSession } from './session';
import type { TaskServices } from './services';

export function tellLimits(
  session: PiSession,
  { slots, onParkingFailure }: Pick<TaskServices, 'slots' | 'onParkingFailure'>,
  emit: (event: TaskEvent) => void,
): void {
  try {
    const hits = slots.hits(session.parked.slot);
    const sentences = limitSentences(session.toldHits, hits, slots.limits);
    session.toldHits = hits;
    for (const sentence of sentences) emit(notice('warning', sentence));
  } catch (error) {
    // The figures are for the person only; a run doesn't fail because they are missing.
    onParkingFailure(error);
  }
}
