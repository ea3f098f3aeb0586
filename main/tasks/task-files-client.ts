/** Runs and their files: shows the guest a task's folders, marks turns in the journal, and gets approval for acts. */
import type { ActQuestion, ActVerdict } from '../../schema/act-questions';
import type { Approvals } from '../approvals/approvals';
import type { TaskPlaces } from '../../schema/files-api';
import type { FilesHost } from '../workers/files-host';
import { shownProgram } from '../approvals/shown-text';
import type { SessionSource } from './conversation';
import type { RunStart, TaskFilesPort } from './task-ports';

export interface TaskFilesClientOptions {
  readonly files: Pick<FilesHost, 'client' | 'on' | 'tasks'>;
  readonly approvals: Pick<Approvals, 'decide' | 'decideAhead' | 'beginTurn' | 'endTurn' | 'forgetTask' | 'flush'>;
  readonly log: (line: string) => void;
}

export class TaskFilesClient implements TaskFilesPort {
  constructor(private readonly options: TaskFilesClientOptions) {
    const { files, approvals, log } = options;
    const asking = new Map<number, AbortController>();
    files.on('act.asked', (act) => {
      const dropped = new AbortController();
      asking.set(act.id, dropped);
      void approvals
        .decide(act, dropped.signal)
        .then(({ isAllowed }) => files.client['act.answer']({ id: act.id, isAllowed }))
        .catch((error: unknown) => log(`couldn't answer an act: ${String(error)}`))
        .finally(() => asking.delete(act.id));
    });
    files.on('act.dropped', ({ id }) => asking.get(id)?.abort());
  }

  open(places: TaskPlaces): void {
    this.options.files.tasks.open(places);
  }

  serve(places: TaskPlaces): Promise<{ isAnew: boolean }> {
    const { client, tasks } = this.options.files;
    tasks.open(places);
    return client['files.serve']({ taskId: places.taskId });
  }

  async forget(taskId: string): Promise<void> {
    this.options.approvals.forgetTask(taskId);
    await this.options.approvals.flush();
    await this.options.files.tasks.close(taskId);
  }

  async withdraw(taskId: string): Promise<void> {
    this.options.approvals.endTurn(taskId);
    await this.options.files.client['files.withdraw']({ taskId });
  }

  session(taskId: string): SessionSource {
    const { client } = this.options.files;
    return {
      read: () => client['session.read']({ taskId }),
      identity: async () => (await client['session.identity']({ taskId })).identity,
    };
  }

  async askActs(taskId: string, { program, acts }: ActQuestion): Promise<ActVerdict> {
    const named = acts.flatMap((act) => (act.kind === 'run' ? [] : [act]));
    const { files } = await this.options.files.client['act.foresee']({ taskId, acts: named });
    const reasons = [...new Set(acts.flatMap((act) => (act.kind === 'run' ? [act.why] : [])))];
    if (files.length === 0 && reasons.length === 0) return { isAllowed: true, reason: '' };
    const request = { taskId, program: shownProgram(program), files, reasons };
    const { isAllowed, reason = '' } = await this.options.approvals.decideAhead(request);
    return { isAllowed, reason };
  }

  async beginTurn(taskId: string, { promptId, approvals: { allow, canAsk } }: RunStart): Promise<void> {
    await this.options.files.client['turn.begin']({ taskId, promptId });
    this.options.approvals.beginTurn(taskId, { allow: [...allow], canAsk });
  }

  async endTurn(taskId: string): Promise<void> {
    this.options.approvals.endTurn(taskId);
    await this.options.files.client['turn.end']({ taskId });
  }
}
