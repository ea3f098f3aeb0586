/** Tasks: creating, opening, prompting, answering. */
import { RpcError } from '../../../schema/errors';
import { noUsage } from '../data/tasks';
import { checkFolder, named } from './check-folder';
import type { FakeHost } from './fake-host';
import { startFakeRun, stopFakeRun } from './run';
import { nothing, type Some } from './some';
import { startFakeVm } from './vm';

/** Handlers for tasks. */
export function taskHandlers(host: FakeHost): Some<'task'> {
  return {
    'task.create': ({ title, folder, model, reviewsChanges }) => {
      const check = folder === null ? null : checkFolder(host, folder);
      if (check && !check.ok) throw new RpcError('WORKSPACE_POLICY_VIOLATION', check.problem);
      const taskId = `task-${host.tasks.size + 1}-${host.now().toString(36)}`;
      const workingFolder = check?.path ?? null;
      const summary = {
        taskId,
        title: title ?? (workingFolder === null ? 'New task' : named(workingFolder)),
        workingFolder,
        folderProblem: null,
        openingAhead: null,
        reviewsChanges: reviewsChanges ?? false,
        model: model ?? host.snapshot.settings.defaultModel,
        createdAt: host.now(),
        updatedAt: host.now(),
        activity: 'idle' as const,
        problem: null,
        promptInFlight: null,
        dialogs: [],
        usage: noUsage,
      };
      host.tasks.set(taskId, { summary, items: [], revision: 0, artifacts: [] });
      host.emit({ event: 'task.changed', taskId, payload: summary });
      return Promise.resolve({ taskId });
    },
    'task.open': ({ taskId }) => {
      host.task(taskId);
      if (host.snapshot.vm.kind === 'stopped') startFakeVm(host);
      return Promise.resolve({ mode: 'resumed' });
    },
    'task.rename': ({ taskId, title }) => {
      host.changeTask(taskId, { title });
      return nothing();
    },
    'task.remove': ({ taskId }) => {
      host.task(taskId);
      host.tasks.delete(taskId);
      host.emit({ event: 'task.removed', taskId, payload: { taskId } });
      return nothing();
    },
    'task.bind_folder': ({ taskId, folder }) => {
      const check = checkFolder(host, folder);
      if (!check.ok) throw new RpcError('WORKSPACE_POLICY_VIOLATION', check.problem);
      host.changeTask(taskId, { workingFolder: check.path, folderProblem: null });
      return nothing();
    },
    'task.set_reviewing': ({ taskId, reviewsChanges }) => {
      if (!reviewsChanges && (host.reviews.get(taskId)?.changes.length ?? 0) > 0) {
        throw new RpcError('TASK_NOT_READY', 'Changes are waiting for your OK. Apply or discard them first.');
      }
      host.changeTask(taskId, { reviewsChanges });
      return nothing();
    },
    'task.set_model': ({ taskId, model }) => {
      host.changeTask(taskId, { model });
      return nothing();
    },
    'task.conversation': ({ taskId }) => {
      const { items, revision } = host.task(taskId);
      return Promise.resolve({ items: [...items], revision });
    },
    'task.prompt': ({ taskId, message, promptId }) => {
      startFakeRun(host, { taskId, message, promptId });
      return nothing();
    },
    'task.stop': ({ taskId }) => {
      stopFakeRun(host, taskId);
      return nothing();
    },
    'task.answer': ({ taskId, dialogId, answer }) => {
      const { summary } = host.task(taskId);
      const dialogs = summary.dialogs.filter((dialog) => dialog.id !== dialogId);
      host.changeTask(taskId, { dialogs, activity: dialogs.length > 0 ? 'needs_you' : 'running' });
      host.changeConversation(taskId, {
        type: 'add',
        item: {
          id: `answer-${dialogId}`,
          at: host.now(),
          kind: 'notice',
          level: 'info',
          text: `Answered: ${JSON.stringify(answer)}`,
        },
      });
      return nothing();
    },
  };
}
