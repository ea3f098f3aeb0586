/**
 * The records of a turn's log, one JSON object per line. A record is written before the change that it describes.
 *
 * | type      | says                                                                                              |
 * | --------- | ------------------------------------------------------------------------------------------------- |
 * | `begin`   | first line: the version of the format and which turn this is                                      |
 * | `folder`  | times of a directory before the first name in it changes                                          |
 * | `create`  | a name that didn't exist: a file, a directory, a link, or a second name (`existing`)              |
 * | `drop`    | a name that goes, by removal or because another replaces it, and where its content is kept        |
 * | `move`    | a name that moves; what it replaces was dropped just before                                       |
 * | `bring`   | a kept file that comes back under a name                                                          |
 * | `content` | the first change of a file's bytes; `restores` when they become those of a kept file              |
 * | `meta`    | a change of mode or times                                                                         |
 * | `after`   | what a file is after our change; any other identity later means that somebody else changed it     |
 * | `loose`   | a file got and lost a second name in the store: its ctime says nothing                            |
 * | `failed`  | what an earlier record announced didn't happen                                                    |
 * | `end`     | last line                                                                                         |
 */
import { z } from 'zod';
import { changeCounts, turnKind } from '../../schema/file-changes';

/** Version of the format. A log of another version is moved aside. */
export const recordVersion = 1;

const nanoseconds = z.string().regex(/^-?\d{1,20}$/);
const names = z.array(z.string().min(1)).readonly();
const fileKind = z.enum(['file', 'directory', 'symlink', 'other']);
/** Device and inode, `dev:ino` */
const fileId = z.string().regex(/^\d+:\d+$/);
/** Number of the turn and of the file in it, `turn/number` */
const keptId = z.string().regex(/^\d+\/\d+$/);
const seq = z.int().nonnegative();
const place = { seq, area: z.string().min(1), names };
/** The person's at that moment, by `PersonsNames`; absent for the agent's own */
const isPersons = z.boolean().optional();

const was = z.object({
  file: fileId,
  kind: fileKind,
  mode: z.int().nonnegative(),
  size: z.number().nonnegative(),
  links: z.int().nonnegative(),
  atimeNs: nanoseconds,
  mtimeNs: nanoseconds,
  /** Target of a symlink */
  target: z.string().optional(),
});

const journalRecord = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begin'),
    seq,
    version: z.literal(recordVersion),
    turn: z.int().positive(),
    kind: turnKind,
    /** The entry of pi's session after which the turn began */
    leaf: z.string().nullable(),
    promptId: z.string().nullable(),
    /** Milliseconds since the epoch */
    at: z.number(),
    /** Turns that a `take-back` turn undoes */
    of: z.array(z.int().positive()).readonly(),
  }),
  z.object({ type: z.literal('folder'), ...place, was }),
  z.object({
    type: z.literal('create'),
    ...place,
    kind: fileKind,
    /** The other name of a file that gets a second name */
    existing: names.optional(),
    /** Identity of that other name */
    was: was.optional(),
    /** Target of a symlink */
    target: z.string().optional(),
    /** Of that other name */
    isPersons,
  }),
  z.object({ type: z.literal('drop'), ...place, was, kept: keptId.nullable(), isPersons }),
  z.object({ type: z.literal('move'), seq, area: place.area, from: names, to: names, was, isPersons }),
  z.object({ type: z.literal('bring'), ...place, kept: keptId, kind: fileKind }),
  z.object({
    type: z.literal('content'),
    ...place,
    was,
    kept: keptId.nullable(),
    /** In base64, for small files: the whole earlier content, on the disk with the record */
    bytes: z.string().optional(),
    restores: keptId.optional(),
    /** Somebody else changed the file after our last change to it in this turn */
    isMixed: z.boolean().optional(),
    isPersons,
  }),
  z.object({
    type: z.literal('meta'),
    ...place,
    was,
    mode: z.int().nonnegative().optional(),
    mtimeNs: nanoseconds.optional(),
    isPersons,
  }),
  z.object({
    type: z.literal('after'),
    ...place,
    file: fileId,
    kind: fileKind,
    mode: z.int().nonnegative(),
    size: z.number().nonnegative(),
    mtimeNs: nanoseconds,
    ctimeNs: nanoseconds,
    /** Created by the agent in this task */
    isOwn: z.boolean().optional(),
  }),
  z.object({ type: z.literal('loose'), seq, area: place.area, file: fileId }),
  z.object({ type: z.literal('failed'), seq, of: seq }),
  z.object({
    type: z.literal('end'),
    seq,
    at: z.number(),
    /** The program ended before the turn did */
    isInterrupted: z.boolean(),
    counts: changeCounts,
  }),
]);

export type JournalRecord = z.output<typeof journalRecord>;
export type RecordOf<T extends JournalRecord['type']> = Extract<JournalRecord, { type: T }>;
export type Was = z.output<typeof was>;
export type KeptId = z.output<typeof keptId>;

type WithoutSeq<T> = T extends unknown ? Omit<T, 'seq'> : never;
export type NewRecord = WithoutSeq<JournalRecord>;

/** A line as a record. Logs of before call `leaf` `turnId`. @throws ZodError, SyntaxError */
export function decodeRecord(line: string): JournalRecord {
  const value: unknown = JSON.parse(line);
  const isOld = typeof value === 'object' && value !== null && 'turnId' in value;
  return journalRecord.parse(isOld ? { leaf: value.turnId, ...value } : value);
}

/** A record as a line, with its line end. */
export const encodeRecord = (record: JournalRecord): string => `${JSON.stringify(record)}\n`;

/** Records of what happened, without those that were announced and failed. */
export function withoutFailed(records: readonly JournalRecord[]): readonly JournalRecord[] {
  const failed = new Set(records.flatMap((record) => (record.type === 'failed' ? [record.of] : [])));
  return failed.size === 0 ? records : records.filter(({ seq }) => !failed.has(seq));
}
