/** One task in the host's memory, as its helpers see it. */
import type { OpenMode } from '../../schema/taskd-api';
import type { TaskPlaces } from '../../schema/files-api';
import type { Conversation, ConversationFiles } from './conversation';
import type { TaskInput } from './task-inputs';
import type { Openings } from './room';
import type { TaskNews } from './task-news';
import type { TaskServiceOptions } from './task-ports';
import type { TaskState } from './task-state';
import type { TaskRecord } from './task-store';

export interface TaskContext {
  readonly options: TaskServiceOptions;
  readonly news: TaskNews;
  readonly openings: Openings;
  readonly taskId: string;
  readonly record: TaskRecord;
  readonly state: TaskState;
  readonly conversationFiles: ConversationFiles;
  /** Where its files are; its own folders are created when missing. */
  readonly places: TaskPlaces;
  /** Takes one step, and resolves when its effects are done. */
  apply(input: TaskInput): Promise<void>;
  /** Makes sure that there is a process; simultaneous calls share one opening. */
  open(): Promise<OpenMode>;
  conversation(): Promise<Conversation>;
  /** Changes the record on disk. */
  save(change: Partial<TaskRecord>): Promise<void>;
  /** Why the folder can't be used now; `null` when it can. */
  reportFolder(problem: string | null): void;
}
