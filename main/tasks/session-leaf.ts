/**
 * Where a session continues: pi's session file is a tree that only grows, and the newest line is the leaf. A line of
 * our own, whose parent is an earlier entry, makes the next answer follow that entry; nothing that was said is lost.
 * (pi 1.5.2, session format 3: `custom` entries are part of the tree but not of the model's context.)
 */
import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseSession } from './read-session';

const customType = 'piwork.leaf';
const moved = z.looseObject({
  customType: z.literal(customType),
  data: z.looseObject({ turn: z.number(), before: z.string().nullable() }),
});

async function readEntries(sessionFile: string) {
  const text = await readFile(sessionFile, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  return { entries: parseSession(text), isTorn: text !== '' && !text.endsWith('\n') };
}

/** Id of the newest entry; `null` for an empty session. */
export async function leafOf(sessionFile: string): Promise<string | null> {
  const { entries } = await readEntries(sessionFile);
  return entries.findLast(({ type, id }) => type !== 'session' && id !== undefined)?.id ?? null;
}

/** Makes the session continue after `leaf`, for a turn that is undone. No pi may have the file open. */
export async function moveLeaf(sessionFile: string, leaf: string | null, turn: number): Promise<void> {
  const { entries, isTorn } = await readEntries(sessionFile);
  if (entries.length === 0) return;
  const before = await leafOf(sessionFile);
  const entry = {
    type: 'custom',
    id: randomBytes(4).toString('hex'),
    parentId: leaf,
    timestamp: new Date().toISOString(),
    customType,
    data: { turn, before },
  };
  const file = await open(sessionFile, 'a');
  try {
    await file.write(`${isTorn ? '\n' : ''}${JSON.stringify(entry)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The leaf before the last undo of this turn; nothing when it wasn't undone. */
export async function leafBeforeTakeBack(sessionFile: string, turn: number): Promise<{ leaf: string | null } | null> {
  const { entries } = await readEntries(sessionFile);
  for (const entry of entries.toReversed()) {
    const { data } = moved.safeParse(entry);
    if (data?.data.turn === turn) return { leaf: data.data.before };
  }
  return null;
}
