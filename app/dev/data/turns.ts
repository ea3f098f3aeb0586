import type { Preview } from '../../../schema/artifacts';
import type { ConversationItem } from '../../../schema/conversation';
import type { FileChange, TakeBackConflict, TurnSummary } from '../../../schema/file-changes';

/** A turn as the host in memory stores it. */
export interface FakeTurn {
  readonly summary: TurnSummary;
  readonly changes: readonly FileChange[];
  /** By id of the change */
  readonly compared?: Readonly<Record<string, { readonly before: Preview | null; readonly after: Preview | null }>>;
  readonly conflicts?: readonly TakeBackConflict[];
  /** Ids of the changes that are undone now */
  readonly takenBack?: readonly string[];
  /** The conversation before the undo */
  readonly items?: readonly ConversationItem[];
}

/** A change with sensible defaults. */
export const fakeChange = (id: string, change: Partial<FileChange>): FileChange => ({
  id,
  area: 'folder',
  kind: 'changed',
  fileKind: 'file',
  from: id,
  to: id,
  sizeBefore: 1200,
  sizeAfter: 1340,
  isKept: true,
  ...change,
});

/** A turn that made the changes. */
export function fakeTurn(
  turn: number,
  summary: Partial<TurnSummary>,
  parts: Omit<FakeTurn, 'summary'> = { changes: [] },
): FakeTurn {
  const count = (kind: FileChange['kind']): number => parts.changes.filter((change) => change.kind === kind).length;
  return {
    summary: {
      turn,
      kind: 'agent',
      promptId: null,
      at: 0,
      state: 'closed',
      counts: {
        created: count('created'),
        changed: count('changed'),
        renamed: count('renamed'),
        deleted: count('deleted'),
        mode: count('mode'),
        times: count('times'),
      },
      of: [],
      isPruned: false,
      ...summary,
    },
    ...parts,
  };
}
