/** Answering questions about acts, removing grants, and the log of answers. */
import type { ApprovalAnswer } from '../../../schema/approvals';
import { RpcError } from '../../../schema/errors';
import type { App } from '../../connection/app';
import { attempt, toast } from '../../connection/attempt';
import { updateHost } from '../../store/app-store';
import { approvalClosed } from '../../store/host-state';
import { saveCopy } from '../../ui/save-copy';

/** Answers a question; returns false when it is still open and can be answered again. */
export async function answerApproval(app: App, id: string, answer: ApprovalAnswer): Promise<boolean> {
  const taken = await attempt(app, "Couldn't send your answer", async () => {
    try {
      await app.client['approval.answer']({ id, answer });
    } catch (error) {
      if (!(error instanceof RpcError) || error.code !== 'NOT_FOUND') throw error;
      toast(app, 'info', 'This question is already closed', 'It was answered elsewhere or timed out.');
    }
    updateHost(app.store, (host) => approvalClosed(host, id));
    return true;
  });
  return taken ?? false;
}

export const revokeGrant = (app: App, id: string): Promise<unknown> =>
  attempt(app, "Couldn't remove the permission", () => app.client['grant.revoke']({ id }));

/** A file name that every system can store. */
const fileName = (title: string): string =>
  title
    .replace(/[^\p{L}\p{N} ._-]+/gu, '')
    .trim()
    .slice(0, 60) || 'task';

/** Saves every question of a task and its answer, as JSON. */
export async function exportApprovalLog(app: App, taskId: string): Promise<void> {
  const log = await attempt(app, "Couldn't export the approval history", () => app.client['approval.log']({ taskId }));
  if (!log) return;
  const title = app.store.getState().host.tasks[taskId]?.title ?? taskId;
  const entries = log.entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
  const text = JSON.stringify({ task: title, taskId, entries }, null, 2);
  saveCopy(`answers-${fileName(title)}.json`, new Blob([`${text}\n`], { type: 'application/json' }));
}
