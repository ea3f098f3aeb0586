/**
 * `app-api`: a shell's client (the page, the terminal) ↔ the host.
 *
 * First `app.snapshot`, then events numbered by `seq`; after a gap, fetch the snapshot again. Conversations are fetched
 * per task and then grow by `task.conversation` events, numbered per task by `revision`.
 *
 * | events              | say                                                              |
 * |---------------------|------------------------------------------------------------------|
 * | task.changed        | a task's summary is new or changed                               |
 * | task.removed        | a task is gone from the list                                     |
 * | task.conversation   | changes to a conversation, after its last `revision`             |
 * | task.artifacts      | outputs or uploads changed: list them again                      |
 * | turn.changed        | a turn is new or changed: its summary and counts                 |
 * | turn.progress       | how far an undo has come                                         |
 * | review.changed      | what waits for review changed: list it again                     |
 * | turn.warning        | something that can't be undone, or a damaged journal             |
 * | approval.changed    | a question at the act is new, or its count is higher             |
 * | approval.closed     | a question at the act is no longer open                          |
 * | grants.changed      | the list of grants changed                                       |
 * | extensions.changed  | extensions changed: list them again                              |
 * | vm.changed          | the VM's status changed                                          |
 * | models.changed      | providers or models changed                                      |
 * | settings.changed    | settings changed                                                 |
 */
import { z } from 'zod';
import { artifact, artifactArea, preview } from './artifacts';
import { provider, providerApi, providerName } from './providers';
import { settings } from './settings';
import { snapshot } from './snapshot';
import { taskSummary } from './task-summary';
import { conversationChange, conversationItem } from './conversation';
import { approval, approvalAnswer, approvalKind, approvalLogEntry, approvalOutcome, grant } from './approvals';
import { dialogAnswer } from './dialogs';
import {
  changeCounts,
  conflictChoice,
  fileChange,
  takeBackConflict,
  takeBackResult,
  turnChange,
  turnSummary,
} from './file-changes';
import { extension } from './extensions';
import { dialogId, promptId, taskId } from './ids';
import { method, type Contract } from './rpc';
import { runEnding } from './run-ending';
import { model, openMode } from './taskd-api';
import { vmStatus } from './vm-api';

const nothing = z.strictObject({});
const task = z.strictObject({ taskId });
const turnNumber = z.number().int().positive();
const folderCheck = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), path: z.string() }),
  z.object({ ok: z.literal(false), problem: z.string() }),
]);

export const appApi = {
  methods: {
    'app.snapshot': method(nothing, snapshot),
    /** Ends the host and the VM. */
    'app.quit': method(nothing, nothing),
    /** A new one-time address of the page; `NOT_SUPPORTED` when this host serves no page. */
    'app.page_address': method(nothing, z.object({ url: z.string() })),
    /** Everything about this host for a bug report, without keys and file contents. */
    'app.dump_state': method(nothing, z.object({ dump: z.record(z.string(), z.unknown()) })),

    /** Makes a task. Throws `WORKSPACE_POLICY_VIOLATION`, and makes nothing, when the folder can't be bound. */
    'task.create': method(
      z.strictObject({
        title: z.string().max(200).optional(),
        folder: z.string().nullable(),
        /** The agent's changes to the folder wait for `review.apply` */
        reviewsChanges: z.boolean().optional(),
        /** `provider/id`, or an unambiguous name */
        model: z.string().min(1).optional(),
      }),
      z.object({ taskId }),
    ),
    /** Makes sure that a pi process is ready for the task, and starts the VM when needed. */
    'task.open': method(task, z.object({ mode: openMode })),
    'task.rename': method(z.strictObject({ taskId, title: z.string().min(1).max(200) }), nothing),
    /** Removes the task from the list. Moves its state folder aside instead of deleting it. */
    'task.remove': method(task, nothing),
    'task.bind_folder': method(z.strictObject({ taskId, folder: z.string() }), nothing),
    /** Applies from the next run; refused while changes wait. */
    'task.set_reviewing': method(z.strictObject({ taskId, reviewsChanges: z.boolean() }), nothing),
    'task.set_model': method(z.strictObject({ taskId, model: z.string().min(1) }), nothing),
    'task.conversation': method(
      task,
      z.object({ items: z.array(conversationItem), revision: z.number().int().nonnegative() }),
    ),
    /** Accepts a prompt. Events report the run, which ends with `task.settled`. */
    'task.prompt': method(
      z.strictObject({
        taskId,
        message: z.string().min(1),
        promptId,
        /** What this run may do without a question, and whether anybody can answer questions; asks when absent */
        approvals: z.strictObject({ allow: z.array(approvalKind), canAsk: z.boolean() }).optional(),
      }),
      nothing,
    ),
    'task.stop': method(task, nothing),
    'task.answer': method(z.strictObject({ taskId, dialogId, answer: dialogAnswer }), nothing),

    'artifact.list': method(task, z.object({ artifacts: z.array(artifact) })),
    'artifact.preview': method(z.strictObject({ taskId, area: artifactArea, path: z.string() }), z.object({ preview })),
    /** Gives the task a file; a name that exists gets a number. `dataBase64` is at most 5 MiB of content. */
    'artifact.upload': method(
      z.strictObject({ taskId, name: z.string().min(1).max(255), dataBase64: z.string() }),
      z.object({ artifact }),
    ),

    /** All turns of a task, oldest first. */
    'turn.list': method(task, z.object({ turns: z.array(turnSummary) })),
    /** The net changes of a turn or of the whole task, at most 5,000. */
    'turn.changes': method(
      z.strictObject({ taskId, turn: turnNumber.nullable() }),
      z.object({ changes: z.array(fileChange), isTruncated: z.boolean() }),
    ),
    /** A file before and after a change of a turn, or of the whole task; `null` where there is no file. */
    'turn.compare': method(
      z.strictObject({ taskId, turn: turnNumber.nullable(), changeId: z.string() }),
      z.object({ before: preview.nullable(), after: preview.nullable() }),
    ),
    /** The conflicts of undoing a turn or some of its changes; changes nothing. */
    'turn.plan': method(
      z.strictObject({ taskId, turn: turnNumber, changeIds: z.array(z.string()).optional(), isRedo: z.boolean() }),
      z.object({ steps: z.number().int().nonnegative(), conflicts: z.array(takeBackConflict) }),
    ),
    /**
     * Undoes or redoes a turn: its files, and its conversation when the whole turn is undone. Leaves conflicts unless
     * `choices` says otherwise by change id. `TASK_NOT_READY` while the agent works.
     */
    'turn.take_back': method(
      z.strictObject({
        taskId,
        turn: turnNumber,
        changeIds: z.array(z.string()).optional(),
        isRedo: z.boolean(),
        choices: z.record(z.string(), conflictChoice).optional(),
      }),
      takeBackResult,
    ),
    /** Ends an undo between two steps; the rest can be undone later. */
    'turn.cancel': method(task, nothing),
    /** Changes that wait to be applied to the folder of a task that reviews changes; lists at most 5,000. */
    'review.changes': method(
      task,
      z.object({ changes: z.array(fileChange), counts: changeCounts, isTruncated: z.boolean() }),
    ),
    /** A file as it is in the folder and as it would be; `null` where there is no file. */
    'review.compare': method(
      z.strictObject({ taskId, changeId: z.string() }),
      z.object({ before: preview.nullable(), after: preview.nullable() }),
    ),
    /**
     * Applies all or some of the agent's changes to the folder, as a turn that can be undone. Changes to files that the
     * person has changed since keep waiting. `TASK_NOT_READY` while the agent works.
     */
    'review.apply': method(
      z.strictObject({ taskId, changeIds: z.array(z.string()).optional() }),
      z.object({ turn: turnNumber.nullable(), done: z.number().int().nonnegative(), left: z.array(takeBackConflict) }),
    ),
    /** Discards all waiting changes, or some of them. */
    'review.discard': method(
      z.strictObject({ taskId, changeIds: z.array(z.string()).optional() }),
      z.object({ done: z.number().int().nonnegative() }),
    ),
    /** Opens a task's file in the system's program for it; `NOT_SUPPORTED` when the shell can't. */
    'file.open': method(z.strictObject({ taskId, area: z.enum(['folder', 'outputs']), path: z.string() }), nothing),

    /** `NOT_FOUND` when the question is no longer open. */
    'approval.answer': method(z.strictObject({ id: z.string(), answer: approvalAnswer }), nothing),
    /** Every question of a task, and how it ended. */
    'approval.log': method(task, z.object({ entries: z.array(approvalLogEntry) })),
    'grant.revoke': method(z.strictObject({ id: z.string() }), nothing),

    /** Opens the system's folder dialog; `NOT_SUPPORTED` when the shell has none. */
    'folder.pick': method(nothing, z.object({ path: z.string().nullable() })),
    'folder.check': method(z.strictObject({ path: z.string() }), folderCheck),
    /** Folders inside a folder, for a shell without a dialog. */
    'folder.list': method(
      z.strictObject({ path: z.string() }),
      z.object({ path: z.string(), parent: z.string().nullable(), folders: z.array(z.string()) }),
    ),

    'provider.save': method(
      z.strictObject({
        name: providerName,
        baseUrl: z.url().optional(),
        api: providerApi.optional(),
        models: z.array(z.string().min(1)).optional(),
        /** `null` removes the key; absent keeps it */
        key: z.string().min(1).nullable().optional(),
      }),
      nothing,
    ),
    'provider.remove': method(z.strictObject({ name: providerName }), nothing),
    /** Asks the provider for one short answer; `problem` names the cause and what to do. */
    'provider.test': method(
      z.strictObject({ name: providerName }),
      z.object({ ok: z.boolean(), problem: z.string().nullable(), durationMs: z.number() }),
    ),

    'settings.update': method(settings.partial().strict(), nothing),

    /** The person's behaviour files as they are now, and their folder. */
    'extension.list': method(nothing, z.object({ folder: z.string(), extensions: z.array(extension) })),
    /** Applies to every task from its next prompt. */
    'extension.set_on': method(z.strictObject({ name: z.string(), isOn: z.boolean() }), nothing),
    /** Reads the files again; they apply from each task's next prompt. */
    'extension.reload': method(nothing, nothing),

    'vm.start': method(nothing, nothing),
    'vm.stop': method(nothing, nothing),
  },
  events: {
    'task.changed': taskSummary,
    'task.removed': z.object({ taskId }),
    'task.conversation': z.object({
      taskId,
      /** The conversation's revision after these changes; counts changes */
      revision: z.number().int(),
      changes: z.array(conversationChange),
    }),
    'task.settled': z.object({
      taskId,
      promptId: promptId.nullable(),
      /** `answered` only for a whole answer */
      ending: runEnding,
      isAborted: z.boolean(),
      /** What happened and what to do, for every end but a whole answer and a stop */
      problem: z.string().nullable(),
    }),
    'task.artifacts': z.object({ taskId }),
    'turn.changed': turnChange,
    'turn.progress': z.object({ taskId, turn: turnNumber, done: z.number(), total: z.number() }),
    'review.changed': z.object({ taskId }),
    'turn.warning': z.object({ taskId, message: z.string() }),
    'approval.changed': approval,
    'approval.closed': z.object({ id: z.string(), outcome: approvalOutcome }),
    'grants.changed': z.object({ grants: z.array(grant) }),
    'vm.changed': vmStatus,
    'models.changed': z.object({ providers: z.array(provider), models: z.array(model) }),
    'extensions.changed': nothing,
    'settings.changed': settings,
  },
} satisfies Contract;

export type AppApi = typeof appApi;
