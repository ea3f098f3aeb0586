/**
 * A host in memory, for developing the page and for its tests: the whole contract, without a VM. The page talks to it
 * as to any host, by messages over a transport.
 */
import { appApi, type AppApi } from '../../../schema/app-api';
import type { Artifact, Preview } from '../../../schema/artifacts';
import type { Snapshot } from '../../../schema/snapshot';
import type { TaskSummary } from '../../../schema/task-summary';
import type { ApprovalLogEntry } from '../../../schema/approvals';
import { applyChange, type ConversationChange } from '../../../schema/conversation';
import type { Extension } from '../../../schema/extensions';
import { RpcError } from '../../../schema/errors';
import type { Handlers, OutgoingEvent } from '../../../schema/rpc';
import { serve, type Served } from '../../../schema/rpc-server';
import type { Disposable, Transport } from '../../../schema/transport';
import { memoryPair } from '../../../schema/transports/memory';
import type { VmStatus } from '../../../schema/vm-api';
import { fakeFolders, type FakeFolder } from '../data/folders';
import type { FakeReview } from '../data/reviews';
import type { FakeTurn } from '../data/turns';
import { fakeExtensions } from '../data/extensions';
import type { FakeTask } from '../data/tasks';

export interface FakeHostOptions {
  readonly snapshot: Omit<Snapshot, 'seq' | 'tasks'>;
  readonly tasks?: readonly FakeTask[];
  /** Previews by `area/path` */
  readonly previews?: Readonly<Record<string, Preview>>;
  /** Turns by task */
  readonly turns?: Readonly<Record<string, readonly FakeTurn[]>>;
  /** What waits for a review, by task */
  readonly reviews?: Readonly<Record<string, FakeReview>>;
  readonly folders?: readonly FakeFolder[];
  readonly now: () => number;
  /** Delays of scripted runs; a test may run them at once */
  readonly after: (delayMs: number, run: () => void) => Disposable;
}

/** Makes the handlers of one connection; `lastSeq` is the number of the last event sent on it. */
export type FakeAnswers = (host: FakeHost, lastSeq: () => number) => Handlers<AppApi>;

/** What handlers and scripted runs work with. */
export class FakeHost {
  readonly tasks = new Map<string, FakeTask>();
  readonly previews: Map<string, Preview>;
  readonly turns: Map<string, readonly FakeTurn[]>;
  readonly reviews: Map<string, FakeReview>;
  /** Answers given, for the log */
  readonly approvalLog: ApprovalLogEntry[] = [];
  extensions: readonly Extension[] = fakeExtensions;
  /** Tasks whose undo was cancelled */
  readonly cancelled = new Set<string>();
  readonly folders: readonly FakeFolder[];
  readonly now: () => number;
  readonly after: FakeHostOptions['after'];
  snapshot: Omit<Snapshot, 'seq' | 'tasks'>;
  /** Names of the answered calls, in order */
  readonly calls: string[] = [];
  /** Methods that fail with the given message, for tests and scenes of errors */
  readonly failing = new Map<string, string>();
  /** While true, new connections are closed immediately */
  isAway = false;
  readonly #connections = new Map<Served<AppApi>, { lastSeq: number; close: () => void }>();

  constructor(
    options: FakeHostOptions,
    private readonly answers: FakeAnswers,
  ) {
    this.snapshot = options.snapshot;
    this.previews = new Map(Object.entries(options.previews ?? {}));
    this.turns = new Map(Object.entries(options.turns ?? {}));
    this.reviews = new Map(Object.entries(options.reviews ?? {}));
    this.folders = options.folders ?? fakeFolders;
    this.now = options.now;
    this.after = options.after;
    for (const task of options.tasks ?? []) this.tasks.set(task.summary.taskId, task);
  }

  openTransport(): Transport {
    const [mine, theirs] = memoryPair();
    if (this.isAway) {
      mine.close('the host is away');
      return theirs;
    }
    const connection = { lastSeq: -1, close: () => mine.close('the connection was cut') };
    const served = serve(
      appApi,
      this.#recorded(() => connection.lastSeq),
      mine,
    );
    this.#connections.set(served, connection);
    served.onClose(() => this.#connections.delete(served));
    return theirs;
  }

  /** Closes every connection, like a host that ends. */
  dropConnections(): void {
    for (const { close } of [...this.#connections.values()]) close();
  }

  emit(event: OutgoingEvent<AppApi>): void {
    for (const [served, connection] of this.#connections) {
      connection.lastSeq += 1;
      served.emit(event);
    }
  }

  /** Loses an event, so that the next one shows a gap. */
  loseOneEvent(): void {
    for (const [served, connection] of this.#connections) {
      connection.lastSeq += 1;
      served.emit({ event: 'unknown.event', payload: {} } as never);
    }
  }

  task(taskId: string): FakeTask {
    const task = this.tasks.get(taskId);
    if (!task) throw new RpcError('TASK_NOT_FOUND', 'This task no longer exists.');
    return task;
  }

  changeTask(taskId: string, change: Partial<TaskSummary>): void {
    const task = this.task(taskId);
    const summary = { ...task.summary, ...change };
    this.tasks.set(taskId, { ...task, summary });
    this.emit({ event: 'task.changed', taskId, payload: summary });
  }

  changeConversation(taskId: string, ...changes: ConversationChange[]): void {
    const task = this.task(taskId);
    const revision = task.revision + changes.length;
    this.tasks.set(taskId, { ...task, items: changes.reduce(applyChange, task.items), revision });
    this.emit({ event: 'task.conversation', taskId, payload: { taskId, revision, changes } });
  }

  addArtifact(taskId: string, artifact: Artifact, preview?: Preview): void {
    const task = this.task(taskId);
    const others = task.artifacts.filter(({ area, path }) => area !== artifact.area || path !== artifact.path);
    this.tasks.set(taskId, { ...task, artifacts: [...others, artifact] });
    if (preview) this.previews.set(`${artifact.area}/${artifact.path}`, preview);
    this.emit({ event: 'task.artifacts', taskId, payload: { taskId } });
  }

  setTurns(taskId: string, turns: readonly FakeTurn[], ...changed: readonly number[]): void {
    this.turns.set(taskId, turns);
    for (const turn of changed) {
      const summary = turns.find((one) => one.summary.turn === turn)?.summary ?? null;
      this.emit({ event: 'turn.changed', taskId, payload: { taskId, turn, summary } });
    }
  }

  setVm(vm: VmStatus): void {
    this.snapshot = { ...this.snapshot, vm };
    this.emit({ event: 'vm.changed', payload: vm });
  }

  #recorded(lastSeq: () => number): Handlers<AppApi> {
    const handlers = this.answers(this, lastSeq);
    const entries = Object.entries(handlers).map(([name, handler]) => {
      const recorded = (params: never, signal: AbortSignal): Promise<unknown> => {
        this.calls.push(name);
        const failure = this.failing.get(name);
        if (failure !== undefined) return Promise.reject(new RpcError('INTERNAL_ERROR', failure));
        return (handler as (params: never, signal: AbortSignal) => Promise<unknown>)(params, signal);
      };
      return [name, recorded];
    });
    return Object.fromEntries(entries) as Handlers<AppApi>;
  }
}
