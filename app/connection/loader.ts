/** Reads what the selected task needs and the store does not have: its conversation and its files. */
import { RpcError } from '../../schema/errors';
import type { Disposable } from '../../schema/transport';
import type { App } from '../app-context';
import { updateHost, updateUi, type AppState } from '../store/app-store';
import { artifactsRead, conversationRead, openTask } from '../store/host-state';

/** Starts reading, now and at each change of the store, until disposed. */
export function startLoader(app: App): Disposable {
  const underWay = new Set<string>();

  const readOnce = async (key: string, taskId: string, read: () => Promise<void>): Promise<void> => {
    if (underWay.has(key)) return;
    underWay.add(key);
    try {
      await read();
    } catch (error) {
      // A lost connection is told by its own banner, and everything is read again after it.
      if (error instanceof RpcError && error.code === 'DISCONNECTED') return;
      const problem = error instanceof Error ? error.message : String(error);
      updateUi(app.store, (ui) => ({ readProblems: { ...ui.readProblems, [taskId]: problem } }));
    } finally {
      underWay.delete(key);
    }
    // Something may have become stale while it was read.
    check(app.store.getState());
  };

  const readConversation = async (taskId: string): Promise<void> => {
    const read = await app.client['task.conversation']({ taskId });
    updateHost(app.store, (host) => conversationRead(host, taskId, read));
  };

  const readArtifacts = async (taskId: string, version: number): Promise<void> => {
    const { artifacts } = await app.client['artifact.list']({ taskId });
    updateHost(app.store, (host) => artifactsRead(host, taskId, { artifacts, version }));
  };

  const check = ({ host, ui }: AppState): void => {
    const taskId = ui.selectedTaskId;
    if (taskId === null || ui.connection.kind !== 'open' || ui.readProblems[taskId] !== undefined) return;
    if (!host.tasks[taskId]) return;
    // A task chosen before a reload was never opened in this page.
    if (!host.conversations[taskId]) return updateHost(app.store, (state) => openTask(state, taskId));
    if (host.conversations[taskId].status === 'stale') {
      void readOnce(`conversation ${taskId}`, taskId, () => readConversation(taskId));
    }
    const files = host.artifacts[taskId];
    if (files && files.listedVersion !== files.version) {
      void readOnce(`artifacts ${taskId}`, taskId, () => readArtifacts(taskId, files.version));
    }
  };

  const unsubscribe = app.store.subscribe(check);
  check(app.store.getState());
  return { dispose: unsubscribe };
}
