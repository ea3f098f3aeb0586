/** `run`: one task from its prompt to its files, reported on standard output. */
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { AppApi } from '../../../schema/app-api';
import type { TaskSummary } from '../../../schema/task-summary';
import type { Approval, ApprovalKind } from '../../../schema/approvals';
import { applyChange, type ConversationItem } from '../../../schema/conversation';
import { RpcError, toWireError } from '../../../schema/errors';
import type { Client, EventPayload } from '../../../schema/rpc';
import type { RunEnding } from '../../../schema/run-ending';
import type { Connection } from '../../../schema/rpc-client';
import { describeItem, type Printed } from './describe-item';
import { exitCodes } from './exit-codes';
import type { Terminal } from './terminal';

export interface RunRequest {
  readonly folder: string | null;
  readonly model: string | null;
  readonly isJson: boolean;
  readonly reviewsChanges: boolean;
  readonly allow: readonly ApprovalKind[];
  readonly prompt: string;
}

const titleCapCharacters = 60;

const scopes = { yes: 'once', all: 'turn' } as const;
const verbs: Readonly<Record<ApprovalKind, string>> = {
  delete: 'delete',
  rename: 'move',
  change: 'change',
  run: 'run',
};

/** The question as one line, with the command line of the program. */
export function describeApproval({ kind, path, to, program, count, sentence }: Approval): string {
  if (sentence !== null) return program === null ? sentence : `${sentence} (${program})`;
  const who = program ?? 'The agent';
  const more = count > 1 ? ` and ${count - 1} more` : '';
  return `${who} wants to ${verbs[kind]} ${path}${to === null ? '' : ` to ${to}`}${more}.`;
}

const titleOf = (prompt: string): string => {
  const line = prompt.split('\n')[0] ?? '';
  return line.length > titleCapCharacters ? `${line.slice(0, titleCapCharacters - 1)}…` : line;
};

type RunEnd = Pick<EventPayload<AppApi, 'task.settled'>, 'ending' | 'isAborted' | 'problem'>;

const stopped = 'The run was stopped.';

/** The files that the run made. A host that is ending lists none. */
async function outputsOf({ 'artifact.list': list }: Client<AppApi>, folder: string, taskId: string): Promise<string[]> {
  const { artifacts } = await list({ taskId }).catch(() => ({ artifacts: [] }));
  return artifacts.filter(({ area }) => area === 'outputs').map(({ path }) => join(folder, path));
}

/** Returns the exit code of the run's ending, with the reason printed unless it is a whole answer. */
export async function runCommand(
  { client, onEvent, onClose }: Connection<AppApi>,
  request: RunRequest,
  terminal: Terminal,
): Promise<number> {
  const { app } = await client['app.snapshot']({});
  const { taskId } = await client['task.create']({
    title: titleOf(request.prompt),
    folder: request.folder === null ? null : resolve(request.folder),
    reviewsChanges: request.reviewsChanges,
    ...(request.model === null ? {} : { model: request.model }),
  });
  const promptId = randomUUID();
  let items: readonly ConversationItem[] = [];
  let printed: Printed = new Map();
  let task: TaskSummary | null = null;

  let ahead: number | null = null;
  const tellPlace = (now: number | null): void => {
    if (now !== null && now !== ahead)
      terminal.note(`Waiting for ${now} other ${now === 1 ? 'task' : 'tasks'} to start first.`);
    ahead = now;
  };
  let isOver = false;
  const settled = new Promise<RunEnd>((finish, fail) => {
    // A host that ends in the meantime doesn't report the end of the run.
    onClose((reason) => fail(new RpcError('DISCONNECTED', `Piwork stopped during the run: ${reason}.`)));
    onEvent((event) => {
      // The end of a run is the last thing that is printed.
      if (isOver) return;
      switch (event.event) {
        case 'vm.changed':
          if (!request.isJson) terminal.vm(event.payload);
          else terminal.json({ type: 'vm', status: event.payload.kind });
          return;
        case 'task.changed':
          if (event.payload.taskId !== taskId) return;
          if (!request.isJson) tellPlace(event.payload.openingAhead);
          task = event.payload;
          for (const { id } of task.dialogs) void declineDialog(id);
          return;
        case 'task.conversation':
          if (event.payload.taskId !== taskId) return;
          if (request.isJson)
            return event.payload.changes.forEach((change) => terminal.json({ type: 'conversation', change }));
          for (const change of event.payload.changes) {
            items = applyChange(items, change);
            printed = describeItem(items, change, printed, terminal);
          }
          return;
        case 'task.settled':
          if (event.payload.promptId === promptId) finish(event.payload);
          return;
        case 'approval.changed':
          if (event.payload.taskId === taskId) void answer(event.payload);
          return;
        case 'approval.closed':
          terminal.closeQuestion(event.payload.id);
          return;
        case 'turn.warning':
          if (event.payload.taskId === taskId && !request.isJson) terminal.note(`! ${event.payload.message}`);
          return;
        case 'review.changed':
        case 'turn.changed':
        case 'turn.progress':
        case 'grants.changed':
        case 'task.removed':
        case 'task.artifacts':
        case 'models.changed':
        case 'settings.changed':
        case 'extensions.changed':
      }
    });
  });

  /** Nobody can answer the agent's questions in a terminal run: each is declined, with a note. */
  const declined = new Set<string>();
  const declineDialog = async (dialogId: string): Promise<void> => {
    if (declined.has(dialogId)) return;
    declined.add(dialogId);
    terminal.note('The agent asked a question. Nobody can answer here, so it was dismissed.');
    await client['task.answer']({ taskId, dialogId, answer: { cancelled: true } }).catch(() => undefined);
  };

  const canAsk = terminal.canAsk && !request.isJson;
  const asked = new Set<string>();
  const answer = async (approval: Approval): Promise<void> => {
    // Further events of a question only change its count.
    if (!canAsk || asked.has(approval.id)) return;
    asked.add(approval.id);
    const chosen = await terminal.ask(approval.id, describeApproval(approval), ['yes', 'no', 'all']);
    if (chosen === null) return;
    const reply = chosen === 'no' ? { allow: false as const } : { allow: true as const, scope: scopes[chosen] };
    await client['approval.answer']({ id: approval.id, answer: reply }).catch(() => undefined);
  };

  // If a call is in progress, it fails and reports this.
  settled.catch(() => undefined);

  const end = (ending: RunEnding, failure: string | null, more: object = {}): number => {
    const error = failure === null ? {} : { error: failure };
    if (request.isJson && !isOver) terminal.json({ type: 'settled', taskId, ending, ...more, ...error });
    isOver = true;
    return exitCodes[ending];
  };
  const stop = terminal.onInterrupt(
    () => void client['task.stop']({ taskId }).catch(() => undefined),
    () => void end('stopped', stopped),
  );
  try {
    await client['task.prompt']({
      taskId,
      message: request.prompt,
      promptId,
      approvals: { allow: [...request.allow], canAsk },
    });
    const { ending, isAborted, problem } = await settled;
    const outputs = await outputsOf(client, join(app.stateFolder, 'taskstate', taskId, 'outputs'), taskId);
    // The final usage comes a moment after the run has settled.
    const { tasks } = await client['app.snapshot']({}).catch(() => ({ tasks: [] }));
    const usage = tasks.find((known) => known.taskId === taskId)?.usage;
    const failure = problem ?? (isAborted ? stopped : null);
    if (!request.isJson) terminal.result(outputs, failure);
    return end(ending, failure, { outputs, usage });
  } catch (error) {
    end('failed', toWireError(error).message, { outputs: [] });
    throw error;
  } finally {
    stop();
  }
}
