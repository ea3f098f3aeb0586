/**
 * `app-api`: a shell's client (the page, the terminal) ↔ the host.
 *
 * `app.snapshot` first, then events numbered by `seq`; a gap means fetch the snapshot again. Conversations are
 * fetched by task and then grow by `task.conversation` events, numbered per task by `revision`.
 *
 * | events              | say                                                              |
 * |---------------------|------------------------------------------------------------------|
 * | task.changed        | a task's summary is new or differs                               |
 * | task.removed        | a task is gone from the list                                     |
 * | task.conversation   | changes to a conversation, after its last `revision`             |
 * | task.artifacts      | outputs or uploads differ: list them again                       |
 * | turn.changed        | a turn is new, or its changes differ: list them again            |
 * | turn.progress       | how far a taking back has come                                   |
 * | review.changed      | what waits for a review differs: list it again                   |
 * | turn.warning        | something that cannot be taken back, or a journal that is damaged |
 * | approval.changed    | a question at the act is new, or counts more                     |
 * | approval.closed     | a question at the act is no longer open                          |
 * | grants.changed      | the list of grants differs                                       |
 * | extensions.changed  | extensions differ: list them again                               |
 * | vm.changed          | the VM's status differs                                          |
 * | models.changed      | providers or models differ                                       |
 * | settings.changed    | settings differ                                                  |
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
  turnSummary,
} from './file-changes';
import { extension } from './extensions';
import { dialogId, promptId, taskId } from './ids';
import { method, type Contract } from './rpc';
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
    /** A fresh one-time address of the page; `NOT_SUPPORTED` when this host serves none. */
    'app.page_address': method(nothing, z.object({ url: z.string() })),
    /** Everything about this host for a bug report; no keys, no file contents. */
    'app.dump_state': method(nothing, z.object({ dump: z.record(z.string(), z.unknown()) })),

    /** Makes a task. Throws `WORKSPACE_POLICY_VIOLATION` when the folder cannot be bound; nothing is made then. */
    'task.create': method(
      z.strictObject({
        title: z.string().max(200).optional(),
        folder: z.string().nullable(),
        /** The agent's changes of the folder wait for `review.apply` */
        reviewsChanges: z.boolean().optional(),
        /** `provider/id`, or a name that leaves no doubt */
        model: z.string().min(1).optional(),
      }),
      z.object({ taskId }),
    ),
    /** Makes sure that a pi process stands ready for the task, starting the VM when needed. */
    'task.open': method(task, z.object({ mode: openMode })),
    'task.rename': method(z.strictObject({ taskId, title: z.string().min(1).max(200) }), nothing),
    /** Takes the task off the list; its folder of state is moved aside, not deleted. */
    'task.remove': method(task, nothing),
    'task.bind_folder': method(z.strictObject({ taskId, folder: z.string() }), nothing),
    /** From the next run on; refused while changes wait. */
    'task.set_reviewing': method(z.strictObject({ taskId, reviewsChanges: z.boolean() }), nothing),
    'task.set_model': method(z.strictObject({ taskId, model: z.string().min(1) }), nothing),
    'task.conversation': method(
      task,
      z.object({ items: z.array(conversationItem), revision: z.number().int().nonnegative() }),
    ),
    /** Accepts a prompt; the run is told by events and ends with `task.settled`. */
    'task.prompt': method(
      z.strictObject({
        taskId,
        message: z.string().min(1),
        promptId,
        /** What this run may do without a question, and whether anybody can be asked; asked when absent */
        approvals: z.strictObject({ allow: z.array(approvalKind), canAsk: z.boolean() }).optional(),
      }),
      nothing,
    ),
    'task.stop': method(task, nothing),
    'task.answer': method(z.strictObject({ taskId, dialogId, answer: dialogAnswer }), nothing),

    'artifact.list': method(task, z.object({ artifacts: z.array(artifact) })),
    'artifact.preview': method(z.strictObject({ taskId, area: artifactArea, path: z.string() }), z.object({ preview })),
    /** Gives the task a file; an existing name gets a number. `dataBase64` is at most 5 MiB of content. */
    'artifact.upload': method(
      z.strictObject({ taskId, name: z.string().min(1).max(255), dataBase64: z.string() }),
      z.object({ artifact }),
    ),

    /** All turns of a task, the oldest first. */
    'turn.list': method(task, z.object({ turns: z.array(turnSummary) })),
    /** What a turn changed in the end, or the whole task; at most 5,000. */
    'turn.changes': method(
      z.strictObject({ taskId, turn: turnNumber.nullable() }),
      z.object({ changes: z.array(fileChange), isTruncated: z.boolean() }),
    ),
    /** A file before and after a change of a turn, or of the whole task; `null` for none. */
    'turn.compare': method(
      z.strictObject({ taskId, turn: turnNumber.nullable(), changeId: z.string() }),
      z.object({ before: preview.nullable(), after: preview.nullable() }),
    ),
    /** What stands against taking a turn back, or some of its changes; nothing is done. */
    'turn.plan': method(
      z.strictObject({ taskId, turn: turnNumber, changeIds: z.array(z.string()).optional(), isRedo: z.boolean() }),
      z.object({ steps: z.number().int().nonnegative(), conflicts: z.array(takeBackConflict) }),
    ),
    /**
     * Takes a turn back, or does it again: files, and the conversation when all of it is taken back. Conflicts are left
     * unless chosen otherwise by id of the change. `TASK_NOT_READY` while the agent works.
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
    /** Ends a taking back between two steps; what is left can be taken back later. */
    'turn.cancel': method(task, nothing),
    /** What waits to be applied to the folder of a task that reviews changes; at most 5,000 are listed. */
    'review.changes': method(
      task,
      z.object({ changes: z.array(fileChange), counts: changeCounts, isTruncated: z.boolean() }),
    ),
    /** A file as it is in the folder and as it would be; `null` for none. */
    'review.compare': method(
      z.strictObject({ taskId, changeId: z.string() }),
      z.object({ before: preview.nullable(), after: preview.nullable() }),
    ),
    /**
     * Makes the folder what the agent made of it, by all changes or some, as a turn that can be taken back; what the
     * person changed since is left waiting. `TASK_NOT_READY` while the agent works.
     */
    'review.apply': method(
      z.strictObject({ taskId, changeIds: z.array(z.string()).optional() }),
      z.object({ turn: turnNumber.nullable(), done: z.number().int().nonnegative(), left: z.array(takeBackConflict) }),
    ),
    /** Gives up all that waits, or some of it. */
    'review.discard': method(
      z.strictObject({ taskId, changeIds: z.array(z.string()).optional() }),
      z.object({ done: z.number().int().nonnegative() }),
    ),
    /** Opens a file of a task in the system's program for it; `NOT_SUPPORTED` where there is none. */
    'file.open': method(z.strictObject({ taskId, area: z.enum(['folder', 'outputs']), path: z.string() }), nothing),

    /** `NOT_FOUND` when the question is no longer open. */
    'approval.answer': method(z.strictObject({ id: z.string(), answer: approvalAnswer }), nothing),
    /** Every question of a task and how it ended. */
    'approval.log': method(task, z.object({ entries: z.array(approvalLogEntry) })),
    'grant.revoke': method(z.strictObject({ id: z.string() }), nothing),

    /** Opens the system's folder dialog; `NOT_SUPPORTED` where the shell has none. */
    'folder.pick': method(nothing, z.object({ path: z.string().nullable() })),
    'folder.check': method(z.strictObject({ path: z.string() }), folderCheck),
    /** Folders inside one folder, for a shell without a dialog. */
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

    /** The person's behaviour files, as they are now, and the folder they lie in. */
    'extension.list': method(nothing, z.object({ folder: z.string(), extensions: z.array(extension) })),
    /** Counts for every task from its next prompt on. */
    'extension.set_on': method(z.strictObject({ name: z.string(), isOn: z.boolean() }), nothing),
    /** Looks at the files anew; what is there counts from the next prompt of each task. */
    'extension.reload': method(nothing, nothing),

    'vm.start': method(nothing, nothing),
    'vm.stop': method(nothing, nothing),
  },
  events: {
    'task.changed': taskSummary,
    'task.removed': z.object({ taskId }),
    'task.conversation': z.object({
      taskId,
      /** The conversation's revision after these changes; it counts changes */
      revision: z.number().int(),
      changes: z.array(conversationChange),
    }),
    'task.settled': z.object({
      taskId,
      promptId: promptId.nullable(),
      isAborted: z.boolean(),
      /** Set when the run ended in an error */
      problem: z.string().nullable(),
    }),
    'task.artifacts': z.object({ taskId }),
    'turn.changed': z.object({ taskId, turn: turnNumber }),
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
