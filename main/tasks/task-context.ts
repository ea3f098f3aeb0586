/** One task in the host's memory, as those see it who do something for it. */
import type { OpenMode } from '../../schema/taskd-api';
import type { TaskPlaces } from '../../schema/files-api';
import type { Conversation, ConversationFiles } from './conversation';
import type { TaskInput } from './task-inputs';
import type { TaskNews } from './task-news';
import type { TaskServiceOptions } from './task-ports';
import type { TaskState } from './task-state';
import type { TaskRecord } from './task-store';

export interface TaskContext {
  readonly options: TaskServiceOptions;
  readonly news: TaskNews;
  readonly taskId: string;
  readonly record: TaskRecord;
  readonly state: TaskState;
  readonly conversationFiles: ConversationFiles;
  /** Where its files are; its own folders are made when missing. */
  readonly places: TaskPlaces;
  /** Takes one step, and resolves when its effects are done. */
  apply(input: TaskInput): Promise<void>;
  /** Makes sure that a process is there; calls at the same time share one opening. */
  open(): Promise<OpenMode>;
  conversation(): Promise<Conversation>;
  /** Changes what is kept on disk. */
  save(change: Partial<TaskRecord>): Promise<void>;
  /** Why the folder cannot be used now; `null` when it can. */
  reportFolder(problem: string | null): void;
}
