/**
 * What was answered about single programs, for the length of a turn. Pure.
 *
 * A program is known by its process id, which the guest's kernel gives to another one later. So an answer that was not
 * used for a second holds again only after the process has been looked at and is called the same. Who wants to deceive
 * can take over a number within that second, or call itself the same: an answer for one program is no border against a
 * hostile guest, the person's other files are asked about by kind all the same.
 */
import type { ApprovalKind } from '../../schema/approvals';

export interface Remembered {
  readonly outcome: 'granted' | 'denied' | 'expired' | 'cancelled';
  /** As it was called then; `null` when not known */
  readonly program: string | null;
  readonly usedAt: number;
}

export type ProgramMemory = ReadonlyMap<string, Remembered>;

export const noMemory: ProgramMemory = new Map();

/** How long an answer may lie unused before the process is looked at again */
export const quietMs = 1000;
/** The time of use is kept this exactly, so that a burst does not copy the memory each time */
const usedGrainMs = 250;
const capacity = 1024;

const keyOf = (kind: ApprovalKind, pid: number): string => `${kind} ${pid}`;
const keysOf = (pid: number): readonly string[] =>
  (['delete', 'rename', 'change'] as const).map((kind) => keyOf(kind, pid));

export const recall = (memory: ProgramMemory, kind: ApprovalKind, pid: number): Remembered | null =>
  memory.get(keyOf(kind, pid)) ?? null;

/** Remembers an answer; of too many the oldest goes. */
export function remember(memory: ProgramMemory, kind: ApprovalKind, pid: number, what: Remembered): ProgramMemory {
  const next = new Map(memory);
  next.delete(keyOf(kind, pid));
  next.set(keyOf(kind, pid), what);
  for (const oldest of next.keys()) {
    if (next.size <= capacity) break;
    next.delete(oldest);
  }
  return next;
}

export function touch(memory: ProgramMemory, kind: ApprovalKind, pid: number, now: number): ProgramMemory {
  const known = recall(memory, kind, pid);
  if (!known || now - known.usedAt < usedGrainMs) return memory;
  return new Map(memory).set(keyOf(kind, pid), { ...known, usedAt: now });
}

export const isQuiet = ({ usedAt }: Remembered, now: number): boolean => now - usedAt > quietMs;

/** Fills in what a program is called, where the answer came first. */
export function named(memory: ProgramMemory, pid: number, program: string): ProgramMemory {
  let next = memory;
  for (const key of keysOf(pid)) {
    const known = memory.get(key);
    if (known?.program === null) next = new Map(next).set(key, { ...known, program });
  }
  return next;
}

/** After another look at the process: what was said of another one is forgotten, and a yes also when nobody can tell. */
export function lookedAgain(memory: ProgramMemory, pid: number, program: string | null, now: number): ProgramMemory {
  const next = new Map(memory);
  for (const key of keysOf(pid)) {
    const known = memory.get(key);
    if (!known) continue;
    const isSame = program !== null && program === known.program;
    const isUnknown = program === null || known.program === null;
    if (isSame || (isUnknown && known.outcome !== 'granted')) next.set(key, { ...known, usedAt: now });
    else next.delete(key);
  }
  return next;
}
