/** Reads what the selected task needs and the store doesn't have: its conversation and its files. */
import type { Artifact } from '../../../schema/artifacts';
import type { Disposable } from '../../../schema/transport';
import type { App } from '../../connection/app';
import { describeError } from '../../connection/attempt';
import { createSingleReader } from '../../connection/single-reader';
import { fileKey } from '../artifacts/artifacts.logic';
import { updateHost, updateUi, type AppState } from '../../store/app-store';
import { artifactsRead, conversationRead, openTask } from '../../store/task-content';

/** Starts reading, now and at each change of the store, until disposed. */
export function startTaskLoader(app: App): Disposable {
  const reader = createSingleReader(() => check(app.store.getState()));

  const readOnce = (key: string, taskId: string, read: () => Promise<void>): Promise<void> =>
    reader.read(key, read, (problem) =>
      updateUi(app.store, (ui) => ({ readProblems: { ...ui.readProblems, [taskId]: problem } })),
    );

  const readConversation = async (taskId: string): Promise<void> => {
    const read = await app.client['task.conversation']({ taskId });
    updateHost(app.store, (host) => conversationRead(host, taskId, read));
  };

  const readArtifacts = async (taskId: string, version: number): Promise<void> => {
    const { artifacts } = await app.client['artifact.list']({ taskId });
    updateHost(app.store, (host) => artifactsRead(host, taskId, { artifacts, version }));
  };

  const readPreview = async (taskId: string, file: Artifact): Promise<void> => {
    const read = { key: fileKey(file), taskId, modifiedAt: file.modifiedAt };
    try {
      const { preview } = await app.client['artifact.preview']({ taskId, area: file.area, path: file.path });
      updateUi(app.store, { preview: { ...read, preview, problem: null } });
    } catch (error) {
      updateUi(app.store, { preview: { ...read, preview: null, problem: describeError(error) } });
    }
  };

  const checkPreview = (taskId: string, { host, ui }: AppState): void => {
    const file = host.artifacts[taskId]?.artifacts.find((artifact) => fileKey(artifact) === ui.previewed);
    if (!file) return;
    const { preview } = ui;
    if (preview?.key === ui.previewed && preview.taskId === taskId && preview.modifiedAt === file.modifiedAt) return;
    void readOnce(`preview ${taskId} ${fileKey(file)}`, taskId, () => readPreview(taskId, file));
  };

  const check = (state: AppState): void => {
    const { host, ui } = state;
    const taskId = ui.selectedTaskId;
    if (taskId === null || ui.connection.kind !== 'open' || ui.readProblems[taskId] !== undefined) return;
    if (!host.tasks[taskId]) return;
    // A task selected before a reload was never opened in this page.
    if (!host.conversations[taskId]) return updateHost(app.store, (known) => openTask(known, taskId));
    if (host.conversations[taskId].status === 'stale') {
      void readOnce(`conversation ${taskId}`, taskId, () => readConversation(taskId));
    }
    const files = host.artifacts[taskId];
    if (files && files.listedVersion !== files.version) {
      void readOnce(`artifacts ${taskId}`, taskId, () => readArtifacts(taskId, files.version));
    }
    checkPreview(taskId, state);
  };

  const unsubscribe = app.store.subscribe(check);
  check(app.store.getState());
  return { dispose: unsubscribe };
}
