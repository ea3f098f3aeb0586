/** What the worker does for main: shows the guest tasks' folders, journals their changes, and undoes turns. */
import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { agentUser } from '../../schema/control-port';
import { RpcError, toWireError } from '../../schema/errors';
import type { Handlers } from '../../schema/rpc';
import { serve } from '../../schema/rpc-server';
import type { Transport } from '../../schema/transport';
import { filesApi, type FilesApi, type FilesPolicy, type TaskPlaces } from '../../schema/files-api';
import { foreseenFiles } from '../acts/foreseen-files';
import { HeldActs, questionFor } from '../acts/held-acts';
import { runningQuestion } from '../acts/running-acts';
import { ownershipOf } from '../acts/ownership';
import { FileServer } from '../server/file-server';
import type { IntendedChange } from '../server/intended-change';
import { hostViewHandlers } from './host-view-handlers';
import { reviewHandlers } from './review-handlers';
import { shownTurn } from './shown-changes';
import { OpenTasks } from './open-tasks';
import { TaskFiles } from './task-files';
import { turnHandlers } from './turn-handlers';

const nothingToSee = (places: TaskPlaces, error: unknown): RpcError =>
  new RpcError(
    'WORKSPACE_POLICY_VIOLATION',
    `Piwork can't open the folders of this task (${toWireError(error).message}). Check that ${places.folder ?? places.outputs} still exists.`,
    { cause: error },
  );

/** Serves `files-api` until the transport closes. */
export function serveFiles(transport: Transport): void {
  let policy: FilesPolicy = { asksBeforeChange: false, keepUpToBytes: 512 * 1_048_576, growUpToBytes: 20 * 1024 ** 3 };
  const acts = new HeldActs({
    onAsked: (payload) => served.emit({ event: 'act.asked', payload }),
    onDropped: (id) => served.emit({ event: 'act.dropped', payload: { id } }),
  });

  const gate = (change: IntendedChange, dropped: AbortSignal): Promise<void> | undefined => {
    const files = tasks.find(change.taskId);
    // Changes that wait for review touch none of the person's files.
    if (change.area !== 'folder' || !files || files.overlay) return undefined;
    const ask = (): Promise<void> | undefined => {
      const kind = questionFor(change, ownershipOf(files.journal, policy.asksBeforeChange));
      return kind === null ? undefined : acts.hold(change, kind, dropped);
    };
    const running = runningQuestion(change, files.journal.area('folder').files);
    if (running === null || files.allowedToRun.has(running)) return ask();
    return acts.hold(change, 'change', dropped, running).then(() => {
      files.allowedToRun.add(running);
      return ask();
    });
  };
  const log = (line: string): void => served.emit({ event: 'files.log', payload: { line } });
  const server = new FileServer({ ...agentUser, gate, log });
  const listener = createServer((guest) => server.serve(guest));

  const open = (places: TaskPlaces): TaskFiles => {
    const { taskId } = places;
    try {
      return new TaskFiles(places, {
        keepUpToBytes: policy.keepUpToBytes,
        growUpToBytes: () => policy.growUpToBytes,
        onTurnChanged: (turn, summary) =>
          served.emit({ event: 'turn.changed', payload: { taskId, turn, summary: summary && shownTurn(summary) } }),
        onReviewChanged: () => served.emit({ event: 'review.changed', payload: { taskId } }),
        onWarning: (message) => served.emit({ event: 'turn.warning', payload: { taskId, message } }),
      });
    } catch (error) {
      throw nothingToSee(places, error);
    }
  };
  const tasks = new OpenTasks({ open, close: (files) => files.close(server) });

  const handlers: Handlers<FilesApi> = {
    'files.listen': async ({ socket }) => {
      await rm(socket, { force: true });
      await new Promise<void>((resolve, reject) => {
        listener.once('error', reject);
        listener.listen(socket, resolve);
      });
      await chmod(socket, 0o600);
      return {};
    },
    'files.configure': async (next) => {
      policy = next;
      return Promise.resolve({});
    },
    'task.open': async ({ places }) => {
      tasks.name(places);
      return Promise.resolve({});
    },
    'task.close': async ({ taskId }) => {
      acts.refuseAll(taskId);
      tasks.forget(taskId);
      return Promise.resolve({});
    },
    'files.serve': async ({ taskId }) => {
      const files = tasks.current(taskId);
      await files.takeBackApply();
      try {
        return await Promise.resolve({ isAnew: files.show(server) });
      } catch (error) {
        files.hide(server);
        throw nothingToSee(files.places, error);
      }
    },
    'files.withdraw': async ({ taskId }) => {
      acts.refuseAll(taskId);
      tasks.withdraw(taskId);
      return Promise.resolve({});
    },
    'act.foresee': async ({ taskId, acts: foreseen }) => {
      const files = tasks.find(taskId);
      // Changes that wait for review touch none of the person's files.
      if (!files || files.overlay || files.places.folder === null) return { files: [] };
      const { journal } = files;
      const { isOwn } = ownershipOf(journal, policy.asksBeforeChange);
      const asked = foreseen.filter(({ kind }) => kind !== 'change' || policy.asksBeforeChange);
      return Promise.resolve({ files: [...foreseenFiles(journal.area('folder').files, asked, isOwn)] });
    },
    'act.answer': async ({ id, isAllowed }) => {
      acts.answer(id, isAllowed);
      return Promise.resolve({});
    },
    ...hostViewHandlers(tasks),
    ...reviewHandlers({ tasks, onProgress: (payload) => served.emit({ event: 'turn.progress', payload }) }),
    ...turnHandlers({ tasks, onProgress: (payload) => served.emit({ event: 'turn.progress', payload }) }),
  };
  const served = serve(filesApi, handlers, transport, {
    onUnexpected: (error, type) => log(`${type}: ${String(error)}`),
  });
  served.onClose(() => {
    listener.close();
    tasks.closeAll();
    server.close();
  });
}
