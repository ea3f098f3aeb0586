/** Tasks on disk: `task.json` is the source of truth for a task's title, folder, model and times. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { tokenUsage } from '../../schema/agent-output';
import { modelRef, taskId as taskIdSchema } from '../../schema/ids';
import type { TaskPlaces } from '../../schema/files-api';
import { readStateFile, type SetAside } from '../state-files/read-state-file';
import { replaceFile } from '../../node/replace-file';
import type { StateFolder } from '../settings/state-folder';

const taskRecord = z.strictObject({
  version: z.literal(1),
  taskId: taskIdSchema,
  title: z.string(),
  workingFolder: z.string().nullable(),
  /** What the agent does to the folder waits until the person has approved it */
  reviewsChanges: z.boolean().default(false),
  model: modelRef,
  createdAt: z.number(),
  updatedAt: z.number(),
  usage: tokenUsage,
});
export type TaskRecord = z.output<typeof taskRecord>;

const ownAreas = ['session', 'outputs', 'uploads'] as const;

export const noUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cost: 0 };

export class TaskStore {
  constructor(private readonly state: StateFolder) {}

  folder(taskId: string): string {
    return join(this.state.tasks, taskId);
  }

  /** All tasks that can be read; the files of the others are moved aside and reported. */
  async load(): Promise<{ tasks: TaskRecord[]; setAside: SetAside[] }> {
    const tasks: TaskRecord[] = [];
    const setAside: SetAside[] = [];
    for (const name of await readdir(this.state.tasks)) {
      if (!taskIdSchema.safeParse(name).success) continue;
      const schema = taskRecord.refine(({ taskId }) => taskId === name, 'the file is for another task');
      const path = join(this.folder(name), 'task.json');
      const read = await readStateFile(path, schema).catch((error: unknown) => ({
        value: null,
        setAside: { path, reason: error instanceof Error ? error.message : String(error) },
      }));
      if (read.value) tasks.push(read.value);
      if (read.setAside) setAside.push(read.setAside);
    }
    return { tasks, setAside };
  }

  async create(
    draft: Pick<TaskRecord, 'title' | 'workingFolder' | 'model'> & Partial<Pick<TaskRecord, 'reviewsChanges'>>,
  ): Promise<TaskRecord> {
    const now = Date.now();
    const taskId = `task-${randomBytes(6).toString('hex')}`;
    const record: TaskRecord = {
      version: 1,
      taskId,
      createdAt: now,
      updatedAt: now,
      usage: noUsage,
      reviewsChanges: false,
      ...draft,
    };
    await mkdir(this.folder(taskId), { recursive: true, mode: 0o700 });
    for (const area of ownAreas)
      await mkdir(join(this.state.taskstate, taskId, area), { recursive: true, mode: 0o700 });
    await this.save(record);
    return record;
  }

  /** Where a task's files are; the files worker makes what is missing of its own folders. */
  places(taskId: string, folder: string | null, reviewsChanges: boolean): TaskPlaces {
    const own = join(this.state.taskstate, taskId);
    const [session, outputs, uploads] = [join(own, 'session'), join(own, 'outputs'), join(own, 'uploads')];
    const host = {
      journal: join(this.folder(taskId), 'journal'),
      overlay: reviewsChanges ? join(this.folder(taskId), 'overlay') : null,
    };
    return { taskId, folder, session, outputs, uploads, ...host };
  }

  async save(record: TaskRecord): Promise<void> {
    const text = `${JSON.stringify(taskRecord.parse(record), null, 2)}\n`;
    await replaceFile(join(this.folder(record.taskId), 'task.json'), text, 0o600);
  }

  /** Moves a task's folders to `removed/`; nothing is deleted. */
  async remove(taskId: string): Promise<void> {
    const target = join(this.state.removed, `${taskId}-${Date.now()}`);
    await mkdir(target, { recursive: true, mode: 0o700 });
    const folders = [
      [this.folder(taskId), 'task'],
      [join(this.state.taskstate, taskId), 'state'],
    ] as const;
    for (const [folder, name] of folders) {
      await rename(folder, join(target, name)).catch((error: unknown) => {
        // If the person has already deleted it, there is nothing to move.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      });
    }
  }

  conversationFile(taskId: string): string {
    return join(this.folder(taskId), 'conversation.json');
  }
}
