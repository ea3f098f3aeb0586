/**
 * `files-api`: main ↔ the worker thread of the file server and the journals.
 *
 * `task.open` names a task's places once for each worker; the calls after it name only the task. A turn can be undone
 * whether or not the guest runs.
 *
 * | method         | effect                                                                              |
 * |----------------|-------------------------------------------------------------------------------------|
 * | files.listen   | waits on a unix socket for QEMU's end of the guest's port, one start after another  |
 * | task.open      | names where a task's files are, for the calls that follow                            |
 * | task.close     | closes a task's files and forgets where they are                                    |
 * | files.serve    | shows the guest a task's folders, each with its rights, and journals their changes  |
 * | files.withdraw | no longer shows the guest anything of a task                                        |
 * | area.*         | what the host itself lists, reads and adds there, through the same confined folders |
 * | session.*      | pi's session: read, and moved back with a turn that is undone                        |
 * | turn.begin/end | the changes between belong to one turn                                              |
 * | turn.*         | what turns did, and undoing them                                                    |
 * | review.*       | what waits in a task's overlay, applying it and discarding it                       |
 * | act.foresee    | which acts of a command that hasn't run yet concern the person's files              |
 * | act.answer     | allows or denies a waiting act                                                      |
 *
 * | event         | says                                                                   |
 * |---------------|------------------------------------------------------------------------|
 * | act.asked     | the guest wants to do something to one of the person's files, and waits |
 * | act.dropped   | it no longer waits: its program has ended                              |
 * | turn.changed  | a turn is new or changed: its summary and counts                       |
 * | turn.progress | how far an undo has come                                               |
 * | turn.warning  | what can't be undone, or a log that couldn't be read                   |
 * | files.log     | an error of the server itself, for the host's log                      |
 */
import { z } from 'zod';
import { fileAct } from './act-questions';
import { approvalKind } from './approvals';
import { artifact } from './artifacts';
import {
  changeCounts,
  conflictChoice,
  fileChange,
  takeBackConflict,
  takeBackResult,
  turnChange,
  turnSummary,
} from './file-changes';
import { promptId, taskId } from './ids';
import { method, type Contract } from './rpc';

const nothing = z.strictObject({});
const turn = z.number().int().positive();

/** Where a task's files are. All paths are absolute; the caller checks them. */
const taskPlaces = z.strictObject({
  taskId,
  /** The person's folder */
  folder: z.string().nullable(),
  outputs: z.string(),
  uploads: z.string(),
  session: z.string(),
  /** Host only */
  journal: z.string(),
  /** Host only; where a reviewing task's changes to the folder wait */
  overlay: z.string().nullable(),
});
export type TaskPlaces = z.output<typeof taskPlaces>;

/** Includes the entry of pi's session after which the turn began */
const turnOfSession = turnSummary.extend({ leaf: z.string().nullable() });
export type TurnOfSession = z.output<typeof turnOfSession>;

const side = z.enum(['before', 'after']);
const fileBytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const fileContent = z.object({
  path: z.string().nullable(),
  bytes: fileBytes.nullable(),
  size: z.number(),
});

const task = z.strictObject({ taskId });
const someChanges = {
  taskId,
  turn,
  changeIds: z.array(z.string()).optional(),
  isRedo: z.boolean(),
};

/** Something that the guest wants to do to one of the person's files. */
const act = z.object({
  taskId,
  kind: approvalKind,
  path: z.string(),
  to: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  fileKind: z.enum(['file', 'directory', 'symlink', 'other']),
  /** The guest's process */
  pid: z.number().int(),
  /** The whole question, when it isn't about the file but about what runs it */
  sentence: z.string().nullable(),
});
export type Act = z.output<typeof act>;

/** An act that waits for an answer, with its number in this worker */
const heldAct = act.extend({ id: z.number().int() });
export type HeldAct = z.output<typeof heldAct>;

/** An act on something that the person had before the task, as the folder shows it now. */
const foreseenFile = act.pick({ path: true, to: true, sizeBytes: true, fileKind: true }).extend({
  kind: fileAct.shape.kind,
  /** How many of the person's files it contains; 1 for a file */
  fileCount: z.number().int().nonnegative(),
});

export type ForeseenFile = z.output<typeof foreseenFile>;

/** The person's settings for files. */
const filesPolicy = z.strictObject({
  asksBeforeChange: z.boolean(),
  /** Larger files aren't kept before a change */
  keepUpToBytes: z.number().positive(),
  /** How much a task may add to the disk while it is open */
  growUpToBytes: z.number().positive(),
});
export type FilesPolicy = z.output<typeof filesPolicy>;

export const filesApi = {
  methods: {
    'files.listen': method(z.strictObject({ socket: z.string() }), nothing),
    'files.configure': method(filesPolicy, nothing),
    'task.open': method(z.strictObject({ places: taskPlaces }), nothing),
    'task.close': method(task, nothing),
    /** `isAnew` when the guest was shown something else before; files that it has open there are then useless. */
    'files.serve': method(task, z.object({ isAnew: z.boolean() })),
    'files.withdraw': method(task, nothing),
    /** The regular files in a folder, without links and what they lead to. */
    'area.list': method(
      z.strictObject({ taskId, area: z.enum(['outputs', 'uploads']) }),
      z.object({ files: z.array(artifact.omit({ area: true })) }),
    ),
    /** The first `cap` bytes of a regular file, whose names are joined by `/`. */
    'area.read': method(
      z.strictObject({
        taskId,
        area: z.enum(['folder', 'outputs', 'uploads']),
        path: z.string(),
        cap: z.number().int().nonnegative(),
      }),
      z.object({ mode: z.number().int(), bytes: fileBytes, size: z.number() }),
    ),
    /** Copies a regular file of at most `cap` bytes into `to`, a folder of the host's, as a new file to be read only. */
    'area.copy': method(
      z.strictObject({
        taskId,
        area: z.enum(['folder', 'outputs']),
        path: z.string(),
        to: z.string(),
        name: z.string(),
        cap: z.number().int().positive(),
      }),
      nothing,
    ),
    /** Adds an upload; if the name exists, the new file's name gets a number. */
    'area.add': method(z.strictObject({ taskId, name: z.string(), bytes: fileBytes }), z.object({ path: z.string() })),
    /** The text of pi's session, empty when nothing was said. `identity` differs after every change. */
    'session.read': method(task, z.object({ text: z.string(), identity: z.string() })),
    'session.identity': method(task, z.object({ identity: z.string() })),
    /** The session then continues after `leaf`; without one, after the leaf from before the turn's last undo. */
    'session.move_leaf': method(z.strictObject({ taskId, turn, leaf: z.string().nullable().optional() }), nothing),
    'turn.begin': method(z.strictObject({ taskId, promptId }), z.object({ turn })),
    'turn.end': method(task, nothing),
    'turn.list': method(task, z.object({ turns: z.array(turnOfSession) })),
    'turn.changes': method(
      z.strictObject({ taskId, turn: turn.nullable() }),
      z.object({ changes: z.array(fileChange), isTruncated: z.boolean() }),
    ),
    /** The first `cap` bytes of a file before or after a change; `null` when there is none. */
    'turn.read': method(
      z.strictObject({
        taskId,
        turn: turn.nullable(),
        changeId: z.string(),
        side,
        cap: z.number().int().positive(),
      }),
      fileContent,
    ),
    'turn.plan': method(
      z.strictObject(someChanges),
      z.object({ steps: z.number().int().nonnegative(), conflicts: z.array(takeBackConflict) }),
    ),
    'turn.take_back': method(
      z.strictObject({ ...someChanges, choices: z.record(z.string(), conflictChoice).optional() }),
      takeBackResult,
    ),
    'turn.cancel': method(task, nothing),
    'review.changes': method(
      task,
      z.object({ changes: z.array(fileChange), counts: changeCounts, isTruncated: z.boolean() }),
    ),
    'review.read': method(
      z.strictObject({ taskId, changeId: z.string(), side, cap: z.number().int().positive() }),
      fileContent,
    ),
    'review.apply': method(
      z.strictObject({ taskId, changeIds: z.array(z.string()).optional() }),
      z.object({ turn: turn.nullable(), done: z.number().int().nonnegative(), left: z.array(takeBackConflict) }),
    ),
    'review.discard': method(
      z.strictObject({ taskId, changeIds: z.array(z.string()).optional() }),
      z.object({ done: z.number().int().nonnegative() }),
    ),
    'act.foresee': method(
      z.strictObject({
        taskId,
        acts: z.array(fileAct),
      }),
      z.object({ files: z.array(foreseenFile) }),
    ),
    'act.answer': method(z.strictObject({ id: z.number().int(), isAllowed: z.boolean() }), nothing),
  },
  events: {
    'act.asked': heldAct,
    'turn.changed': turnChange,
    'review.changed': z.object({ taskId }),
    'act.dropped': z.object({ id: z.number().int() }),
    'turn.progress': z.object({ taskId, turn, done: z.number(), total: z.number() }),
    'turn.warning': z.object({ taskId, message: z.string() }),
    'files.log': z.object({ line: z.string() }),
  },
} satisfies Contract;

export type FilesApi = typeof filesApi;
