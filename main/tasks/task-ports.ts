/** What tasks need from the rest of the host. */
import type { ActQuestion, ActVerdict } from '../../schema/act-questions';
import type { ApprovalKind } from '../../schema/approvals';
import type { TaskExtensions } from '../../schema/extensions';
import type { Client } from '../../schema/rpc';
import type { PiConfig, TaskdApi } from '../../schema/taskd-api';
import type { TaskPlaces } from '../../schema/files-api';
import type { SessionSource } from './conversation';
import type { RunEnding } from '../../schema/run-ending';
import type { TaskStore } from './task-store';

/** What tasks need from the file server and the journals. */
export interface TaskFilesPort {
  /** From now on the task's files are at these places. */
  open(places: TaskPlaces): void;
  /** Shows the guest a task's folders; `isAnew` when it was shown other ones before, or none. */
  serve(places: TaskPlaces): Promise<{ isAnew: boolean }>;
  withdraw(taskId: string): Promise<void>;
  /** pi's session of a task */
  session(taskId: string): SessionSource;
  /** Called before a task's folder of state is moved away; its files are open no longer. */
  forget(taskId: string): Promise<void>;
  /** Decides about a command that hasn't run yet, at the latest at the end of the run. */
  askActs(taskId: string, question: ActQuestion): Promise<ActVerdict>;
  /** Changes from now on belong to this run. */
  beginTurn(taskId: string, run: RunStart): Promise<void>;
  /** Resolves when the run's changes are in the journal; anything it still asks is refused. */
  endTurn(taskId: string): Promise<void>;
}

export interface RunStart {
  readonly promptId: string;
  readonly approvals: RunApprovals;
}

/** A prompt that was accepted */
export interface RunRequest extends RunStart {
  readonly message: string;
}

/** What a run may do without a question, and whether anybody can be asked. */
export interface RunApprovals {
  readonly allow: readonly ApprovalKind[];
  readonly canAsk: boolean;
}

/** How a run ended */
export interface Outcome {
  readonly isAborted: boolean;
  readonly problem: string | null;
  /** Where it is more than stopped, answered or failed */
  readonly ending?: RunEnding;
  /** Whether the conversation already says the problem */
  readonly isTold?: boolean;
}

/** How a run ended, in one word. */
export const endingOf = ({ isAborted, problem, ending }: Outcome): RunEnding => {
  if (isAborted) return 'stopped';
  return problem === null ? 'answered' : (ending ?? 'failed');
};

export interface Settled {
  readonly taskId: string;
  readonly promptId: string | null;
  readonly ending: RunEnding;
  readonly isAborted: boolean;
  readonly problem: string | null;
}

export interface TaskServiceOptions {
  readonly store: TaskStore;
  readonly taskd: Client<TaskdApi>;
  /** Resolves when the guest is ready. @throws RpcError `VM_FAILED` */
  readonly startVm: () => Promise<void>;
  /** The real path of a folder that may be bound. @throws RpcError `WORKSPACE_POLICY_VIOLATION` */
  readonly checkFolder: (path: string) => Promise<string>;
  readonly files: TaskFilesPort;
  readonly piConfig: () => PiConfig;
  /** The person's own extensions, as they are now */
  readonly extensions?: () => Promise<TaskExtensions>;
  readonly log: (source: string, line: string) => void;
}
