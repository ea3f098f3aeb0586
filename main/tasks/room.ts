/**
 * How many tasks have an agent at a time, because each takes some 140 MB of the guest's memory.
 *
 * A task that rests loses its agent when another needs the place; its next prompt continues in the same session. A task
 * that works keeps it, so the others wait.
 */
import type { OpeningQueue } from './opening-queue';

/** How openings share the guest. */
export interface Openings {
  readonly queue: OpeningQueue;
  /** See `makeRoom` */
  makeRoom(taskId: string, assertWanted: () => void): Promise<void>;
}

/** With four parked ones, about two thirds of the guest's memory; the rest is for the tools. */
const mostAgents = 6;

/** A task as this sees it. */
export interface Guest {
  readonly taskId: string;
  readonly hasAgent: boolean;
  readonly isResting: boolean;
  readonly usedAt: number;
  endAgent(): Promise<void>;
}

export interface RoomOptions {
  readonly tasks: () => readonly Guest[];
  /** Resolves when a task has changed */
  readonly changed: () => Promise<void>;
  readonly most?: number;
}

/** The task whose agent is needed least; `null` when all of them work. */
const leastNeeded = (tasks: readonly Guest[]): Guest | null =>
  tasks.filter(({ isResting }) => isResting).sort((a, b) => a.usedAt - b.usedAt)[0] ?? null;

/** Resolves when there is room for one more agent. `assertWanted` throws when it is no longer wanted. */
export async function makeRoom(
  taskId: string,
  { tasks, changed, most = mostAgents }: RoomOptions,
  assertWanted: () => void,
): Promise<void> {
  for (;;) {
    assertWanted();
    const others = tasks().filter((task) => task.taskId !== taskId && task.hasAgent);
    if (others.length < most) return;
    const resting = leastNeeded(others);
    if (resting) await resting.endAgent();
    else await changed();
  }
}
