/**
 * `taskd-api`: the host's commands to the guest's supervisor, and its events.
 *
 * JSONL over TCP to 127.0.0.1 (port 19384, or the next free one). The first request is `hello`, the second
 * `hello_proof`. Anything else before them closes the connection, and so does any line that isn't a request. After a
 * reconnect the host calls `runtime_get_state` before anything else.
 * taskd repairs what a model, a provider, pi or an extension chose before it sends it. An event that the host can't
 * read costs only that event, and both sides count it. Only bad framing or a failed proof ends the connection.
 *
 * | command                                            | effect                                                  |
 * |----------------------------------------------------|---------------------------------------------------------|
 * | hello, hello_proof                                 | prove the key both ways                                 |
 * | create_or_open_task, switch_task, stop_task        | a task's pi process: claim, look at, end                |
 * | prompt, steer, follow_up, abort                    | talk to it                                              |
 * | pi_get_available_models, pi_set_model              | its model                                               |
 * | extension_ui_response                              | answer its question                                     |
 * | bind_working_folder                                | give it its folder, once                                |
 * | system_bash, terminal_*                            | run something beside it, never in pi's session          |
 * | get_entries, runtime_get_state, runtime_diag       | read                                                    |
 * | describe_process, tell_agent                       | which process acts on a file, and why it was denied     |
 *
 * `commandsNotBuilt` and `eventsNotBuilt` list what the contract contains and taskd doesn't support yet.
 */
import { z } from 'zod';
import { actQuestion } from './act-questions';
import { agentOutput, tokenUsage } from './agent-output';
import { dialog, dialogAnswer, dialogCloseReason } from './dialogs';
import { errorCode, isRetryable } from './errors';
import { dialogId, modelRef, promptId, taskId } from './ids';
import { taskExtensions } from './extensions';
import { method, type Contract, type EventName, type MethodName } from './rpc';

/** The first port that the host tries on 127.0.0.1; also the port in the guest. */
export const taskdPort = 19384;

/** A key, challenge or proof. */
export const hex256 = z.string().regex(/^[0-9a-f]{64}$/, '256 bits as 64 lower-case hex digits');

/** pi's own files, as the host wants them: models with their addresses at the gateway, and settings. No keys. */
export const piConfig = z.strictObject({ models: z.string(), settings: z.string() });
export type PiConfig = z.output<typeof piConfig>;

/** How long the model thinks before it answers. */
export const thinkingLevel = z.enum(['off', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']);

/** A task's life: missing → creating → ready → active → idle → errored → stopped. */
export const taskStateName = z.enum(['missing', 'creating', 'ready', 'active', 'idle', 'errored', 'stopped']);
export type TaskStateName = z.output<typeof taskStateName>;

/** How a task was opened: a new session, one read from disk, or one whose pi process had died. */
export const openMode = z.enum(['created', 'resumed', 'recovered']);
export type OpenMode = z.output<typeof openMode>;

/** A model as pi lists it. */
export const model = z.object({
  ref: modelRef,
  name: z.string(),
  contextWindow: z.number().positive().optional(),
});

export type Model = z.output<typeof model>;

/** Whether a task's model is chosen and its models are listed. */
export const bootstrapStatus = z.enum(['none', 'running', 'done', 'failed']);

/** One task as taskd sees it. */
export const taskSnapshot = z.object({
  taskId,
  state: taskStateName,
  model: modelRef.nullable(),
  promptInFlight: promptId.nullable(),
  sessionFile: z.string(),
  hasWorkingFolder: z.boolean(),
  cwd: z.string(),
  bootstrap: bootstrapStatus,
  openDialogs: z.array(dialog),
});

/** A picture in a message. */
export const image = z.strictObject({ mimeType: z.string(), dataBase64: z.string() });
const message = { taskId, message: z.string().min(1), images: z.array(image).max(20).optional(), promptId };
const promptResult = z.object({
  accepted: z.boolean(),
  taskId,
  promptId,
  /** handled: an extension answered it, so no run starts */
  disposition: z.enum(['started', 'queued', 'handled']),
});
const task = z.strictObject({ taskId });
const nothing = z.strictObject({});
const terminal = { taskId, terminalId: z.string().min(1).max(64) };

export const taskdApi = {
  methods: {
    /** First on every connection: names the protocol and challenges the guest. `PROTOCOL_MISMATCH` when the versions differ. */
    hello: method(
      z.strictObject({ protocol: z.number().int(), build: z.string(), challenge: hex256 }),
      z.object({ protocol: z.number().int(), build: z.string(), challenge: hex256, proof: hex256 }),
    ),
    /**
     * Second on every connection: the host's proof. When it is wrong, answers `UNAUTHENTICATED` and closes the
     * connection.
     */
    hello_proof: method(z.strictObject({ proof: hex256 }), z.object({ authenticated: z.literal(true) })),
    /**
     * Makes sure that a pi process is ready for the task; joins an opening that is running. The host has already bound
     * the task's folders at its file server.
     */
    create_or_open_task: method(
      z.strictObject({
        taskId,
        model: modelRef.optional(),
        thinkingLevel: thinkingLevel.optional(),
        /** Whether the host serves a working folder for it; once true, it stays true */
        hasWorkingFolder: z.boolean(),
        piConfig,
        /** The person's own; absent for none */
        extensions: taskExtensions.optional(),
      }),
      z.object({ taskId, state: taskStateName, mode: openMode }),
    ),
    /** Opens a known task without waiting: `task_switch_started`, then `task_ready` or `task_error`. */
    switch_task: method(task, z.object({ status: z.literal('switching') })),
    /** Starts a run. `TASK_NOT_READY` while one is running. */
    prompt: method(z.strictObject(message), promptResult),
    /** Gives the running agent a message at its next step. */
    steer: method(z.strictObject(message), promptResult),
    /** Queues a message for when the run is over. */
    follow_up: method(z.strictObject(message), promptResult),
    /** Stops the run. Until it settles, every question is cancelled. `aborted` is false when there was no run. */
    abort: method(task, z.object({ aborted: z.boolean() })),
    /** Every task as it is now. */
    runtime_get_state: method(nothing, z.object({ build: z.string(), tasks: z.array(taskSnapshot) })),
    /** Measurements for a bug report. */
    runtime_diag: method(
      nothing,
      z.object({
        /** Seconds since the guest's kernel started, including the time before the template was saved */
        uptimeSeconds: z.number(),
        memoryTotalBytes: z.number(),
        memoryFreeBytes: z.number(),
        /** Parked pi processes that answered `get_state` for this */
        parked: z.number().int().nonnegative(),
        /** Events that were not sent, since the host could not have read them */
        droppedEvents: z.number().int().nonnegative(),
        /** Records of pi that could not be handled, over the tasks that are open */
        lostRecords: z.number().int().nonnegative(),
        processes: z.array(z.object({ pid: z.number().int(), taskId: taskId.nullable(), rssBytes: z.number() })),
        versions: z.record(z.string(), z.string()),
        mounts: z.array(z.string()),
      }),
    ),
    /** The models that pi offers for this task. */
    pi_get_available_models: method(task, z.object({ models: z.array(model) })),
    /** Changes the model, between runs or for the run's next step. */
    pi_set_model: method(
      z.strictObject({ taskId, model: modelRef, thinkingLevel: thinkingLevel.optional() }),
      z.object({ model: modelRef }),
    ),
    /** Answers a question. `accepted` is false when it is no longer open. */
    extension_ui_response: method(
      z.strictObject({ taskId, id: dialogId, answer: dialogAnswer }),
      z.object({ accepted: z.boolean() }),
    ),
    /** Gives an open task its folder, once; `FOLDER_ALREADY_BOUND` after that. */
    bind_working_folder: method(task, z.object({ taskId, hasWorkingFolder: z.literal(true) })),
    /** The command line of a process in the guest, joined by spaces; `null` when it is gone. */
    describe_process: method(
      z.strictObject({ taskId, pid: z.number().int().nonnegative() }),
      z.object({ command: z.string().nullable() }),
    ),
    /** A sentence that the agent reads with the result of the running tool. */
    tell_agent: method(z.strictObject({ taskId, text: z.string().min(1).max(2_000) }), z.object({ told: z.boolean() })),
    /** Runs one command in a sandbox that sees what the task sees; never part of pi's session. */
    system_bash: method(
      z.strictObject({
        taskId,
        command: z.string().min(1).max(65_536),
        cwd: z.string().optional(),
        /** Milliseconds; one minute when absent */
        timeoutMs: z.number().int().positive().max(600_000).optional(),
      }),
      z.object({
        /** stdout and stderr in order, the last 1 MiB at most */
        output: z.string(),
        /** `null` when a signal ended it */
        exitCode: z.number().int().nullable(),
        timedOut: z.boolean(),
        cwd: z.string(),
      }),
    ),
    /** pi's session entries after a cursor, or all. */
    get_entries: method(
      z.strictObject({ taskId, since: z.string().optional() }),
      z.object({ entries: z.array(z.looseObject({ type: z.string() })), leafId: z.string().nullable() }),
    ),
    /** Opens a terminal in the task's sandbox; its output comes as `terminal_output`. */
    terminal_open: method(
      z.strictObject({ ...terminal, columns: z.number().int().positive(), rows: z.number().int().positive() }),
      nothing,
    ),
    /** Types into a terminal. */
    terminal_write: method(z.strictObject({ ...terminal, data: z.string() }), nothing),
    /** Sets a terminal's size. */
    terminal_resize: method(
      z.strictObject({ ...terminal, columns: z.number().int().positive(), rows: z.number().int().positive() }),
      nothing,
    ),
    /** Ends a terminal. */
    terminal_close: method(z.strictObject(terminal), nothing),
    /** Ends the task's pi process; resolves when it is gone. */
    stop_task: method(task, z.object({ state: z.literal('stopped') })),
  },
  events: {
    /** `switch_task` was accepted. */
    task_switch_started: z.object({}),
    /** pi is ready for a prompt. */
    task_ready: z.object({ mode: openMode }),
    /** Whether the model is chosen and the first list of models is there. */
    task_bootstrap_state: z.object({ status: bootstrapStatus, model: modelRef.nullable(), models: z.array(model) }),
    /** The task has no usable pi process. Opening the task again may help when `retryable`. */
    task_error: z.object({ code: errorCode, message: z.string(), retryable: z.boolean() }),
    /** The task's pi process was ended on request. */
    task_stopped: z.object({}),
    /** What the agent says and does, in deltas. */
    agent_output: agentOutput,
    /** The agent has stopped working, but pi itself may start it again. */
    agent_end: z.object({ willRetry: z.boolean() }),
    /** The run is over and nothing will continue it. */
    agent_settled: z.object({ promptId: promptId.nullable(), isAborted: z.boolean() }),
    /** A question for the person. */
    ui_request: dialog,
    /**
     * The guard's question about a command that hasn't run yet; answered like an `input` dialog, with an `ActVerdict`.
     */
    act_question: z.object({ id: dialogId, question: actQuestion }),
    /** A question is no longer open. */
    ui_request_closed: z.object({ id: dialogId, reason: dialogCloseReason }),
    /** The messages that wait for the agent. */
    queue_update: z.object({ steering: z.array(z.string()), followUp: z.array(z.string()) }),
    /** What the whole session has used so far. */
    usage: tokenUsage.extend({
      /** Tokens in the model's context after the last answer, when pi knows them */
      contextTokens: z.number().nonnegative().nullable(),
      contextWindow: z.number().positive().nullable(),
    }),
    /** What a terminal printed. */
    terminal_output: z.object({ terminalId: z.string(), data: z.string() }),
  },
} satisfies Contract;

export type TaskdApi = typeof taskdApi;

/** Commands that are not built yet: taskd answers each with `NOT_SUPPORTED`. */
export const commandsNotBuilt = [
  ...(['steer', 'follow_up', 'bind_working_folder'] as const),
  ...(['terminal_open', 'terminal_write', 'terminal_resize', 'terminal_close'] as const),
] satisfies MethodName<TaskdApi>[];
export type CommandNotBuilt = (typeof commandsNotBuilt)[number];

/** Events that taskd does not send yet. */
export const eventsNotBuilt = ['terminal_output'] as const satisfies EventName<TaskdApi>[];

/** The payload of `task_error` for a code. */
export const taskError = (code: z.output<typeof errorCode>, text: string) => ({
  code,
  message: text,
  retryable: isRetryable(code),
});
