/**
 * Where a session continues: pi's session file is a tree that only grows, and the newest line is the leaf. A line of
 * our own, whose parent is an earlier entry, makes the next answer follow that entry; nothing that was said is lost.
 * (pi 1.5.2, session format 3: `custom` entries are part of the tree but not of the model's context.)
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { PiSessionEntry } from '../../schema/pi-records';
import { parseSession } from '../../schema/pi-session';
import { appendToSession, readSession } from './session-file';

const customType = 'piwork.leaf';
const moved = z.looseObject({
  customType: z.literal(customType),
  data: z.looseObject({ turn: z.number(), before: z.string().nullable() }),
});

const newestOf = (entries: readonly PiSessionEntry[]): string | null =>
  entries.findLast(({ type, id }) => type !== 'session' && id !== undefined)?.id ?? null;

/** The leaf before the last undo of this turn; `undefined` when it wasn't undone. */
function leafBeforeUndo(entries: readonly PiSessionEntry[], turn: number): string | null | undefined {
  for (const entry of entries.toReversed()) {
    const { data } = moved.safeParse(entry);
    if (data?.data.turn === turn) return data.data.before;
  }
  return undefined;
}

/** Id of the newest entry; `null` for an empty session. @throws RpcError */
export const leafOf = (folder: string): string | null => newestOf(parseSession(readSession(folder).text));

/**
 * Makes the session continue after `leaf`, for a turn that is undone; without a leaf, after the one before the last undo
 * of this turn. No pi may have the file open. @throws RpcError
 */
export function moveLeaf(folder: string, turn: number, leaf?: string | null): Promise<void> {
  return appendToSession(folder, (text) => {
    const entries = parseSession(text);
    if (entries.length === 0) return null;
    const parentId = leaf === undefined ? leafBeforeUndo(entries, turn) : leaf;
    if (parentId === undefined) return null;
    const entry = {
      type: 'custom',
      id: randomBytes(4).toString('hex'),
      parentId,
      timestamp: new Date().toISOString(),
      customType,
      data: { turn, before: newestOf(entries) },
    };
    // A line cut off by a power failure stays a separate line.
    return `${text.endsWith('\n') ? '' : '\n'}${JSON.stringify(entry)}\n`;
  });
}
