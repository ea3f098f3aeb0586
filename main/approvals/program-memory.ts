/**
 * Answers about single programs, for the length of a turn. Pure.
 *
 * A program is identified by its process id, which the guest's kernel reuses. So an answer that wasn't used for a
 * second applies again only after the process was looked up and has the same name. A hostile program can take over a
 * number within that second, or use the same name: an answer for one program doesn't protect against a hostile guest.
 * The person's other files are protected by the questions about other kinds of acts.
 */
import type { ApprovalKind } from '../../schema/approvals';

export interface Remembered {
  readonly outcome: 'granted' | 'denied' | 'expired' | 'cancelled';
  /** Its name at that time; `null` when not known */
  readonly program: string | null;
  readonly usedAt: number;
}

export type ProgramMemory = ReadonlyMap<string, Remembered>;

export const noMemory: ProgramMemory = new Map();

/** How long an answer may go unused before the process is looked up again */
export const quietMs = 1000;
/** The time of use is stored only this precisely, so that a burst doesn't copy the memory each time */
const usedGrainMs = 250;
const capacity = 1024;

const keyOf = (kind: ApprovalKind, pid: number): string => `${kind} ${pid}`;
const keysOf = (pid: number): readonly string[] =>
  (['delete', 'rename', 'change'] as const).map((kind) => keyOf(kind, pid));

export const recall = (memory: ProgramMemory, kind: ApprovalKind, pid: number): Remembered | null =>
  memory.get(keyOf(kind, pid)) ?? null;

/** Remembers an answer; over the limit, the oldest is dropped. */
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

/** Fills in the name of a program whose answer came first. */
export function named(memory: ProgramMemory, pid: number, program: string): ProgramMemory {
  let next = memory;
  for (const key of keysOf(pid)) {
    const known = memory.get(key);
    if (known?.program === null) next = new Map(next).set(key, { ...known, program });
  }
  return next;
}

/**
 * After the process was looked up again: an answer about another program is forgotten, and so is an Allow when the name
 * is unknown.
 */
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
