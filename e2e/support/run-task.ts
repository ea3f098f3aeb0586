/** Runs through the contract, for journeys that don't test the page. */
import { randomUUID } from 'node:crypto';
import type { AppApi } from '../../schema/app-api';
import type { TaskSummary } from '../../schema/task-summary';
import type { Approval, ApprovalKind } from '../../schema/approvals';
import type { Client } from '../../schema/rpc';
import { expect } from '../fixtures';

const runDeadlineMs = 200_000;

/** Starts a run with what it may do without a question; for anything else, nobody is asked unless `canAsk`. */
export async function startRun(
  host: Client<AppApi>,
  taskId: string,
  message: string,
  approvals: { readonly allow?: ApprovalKind[]; readonly canAsk?: boolean } = {},
): Promise<void> {
  const { allow = [], canAsk = false } = approvals;
  await host['task.prompt']({ taskId, message, promptId: randomUUID(), approvals: { allow, canAsk } });
}

/** Waits for the end of the run in progress. */
export async function runSettled(host: Client<AppApi>, taskId: string): Promise<TaskSummary> {
  const find = async (): Promise<TaskSummary | undefined> =>
    (await host['app.snapshot']({})).tasks.find((task) => task.taskId === taskId);
  await expect.poll(async () => (await find())?.promptInFlight, { timeout: runDeadlineMs }).toBeNull();
  const task = await find();
  if (!task) throw new Error(`The task ${taskId} is gone.`);
  return task;
}

/** A whole run. */
export async function runTask(...run: Parameters<typeof startRun>): Promise<TaskSummary> {
  await startRun(...run);
  return runSettled(run[0], run[1]);
}

/** Waits until a task asks, and returns the question. */
export async function openQuestion(host: Client<AppApi>, taskId: string): Promise<Approval> {
  let open: readonly Approval[] = [];
  const look = async (): Promise<number> => {
    open = (await host['app.snapshot']({})).approvals.filter((one) => one.taskId === taskId);
    return open.length;
  };
  await expect.poll(look, { timeout: 120_000, intervals: [50] }).toBe(1);
  const [question] = open;
  if (!question) throw new Error('The question was closed at once.');
  return question;
}

/** Everything in a task's conversation, as one text. */
export async function saidIn(host: Client<AppApi>, taskId: string): Promise<string> {
  return JSON.stringify((await host['task.conversation']({ taskId })).items);
}
