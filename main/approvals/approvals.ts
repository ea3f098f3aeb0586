/**
 * Asking about an act: an earlier grant or the person decides whether a held act may happen.
 *
 * `approval-machine.ts` decides. This file holds the acts, runs the clocks, asks the guest for program names,
 * tells the agent why something was denied, and stores grants and the log.
 */
import { randomBytes } from 'node:crypto';
import type {
  Approval,
  ApprovalAnswer,
  ApprovalKind,
  ApprovalLogEntry,
  Grant,
  ApprovalOutcome,
} from '../../schema/approvals';
import { RpcError } from '../../schema/errors';
import { Listeners, type Disposable } from '../../schema/transport';
import type { SetAside } from '../state-files/read-state-file';
import type { AheadRequest } from './ahead-request';
import type { Act } from '../../schema/files-api';
import type { ActDecision } from './act-decision';
import { ApprovalLog } from './approval-log';
import {
  allQuestions,
  emptyState,
  questionOf,
  type ApprovalEffect,
  type ApprovalInput,
  type ApprovalState,
  type LogRecord,
} from './approval-state';
import { keptGrants } from './grant-rules';
import { GrantsFile } from './grants-file';
import { HeldActs, type Decide } from './held-acts';
import { ProgramNames } from './program-names';
import { needsAnotherLook, step } from './approval-machine';
import type { SetTimer } from './time-limit';
import { TurnSignals } from './turn-signals';

export interface ApprovalsOptions {
  /** Asks the guest for the command line of a process; may fail and may be slow */
  readonly describeProgram: (taskId: string, pid: number) => Promise<string | null>;
  readonly settings: () => { readonly approvalTimeoutSeconds: number };
  /** Absolute path of the task's working folder */
  readonly folderOf: (taskId: string) => string | null;
  readonly grantsFile: string;
  /** In a folder that exists as long as the task does */
  readonly logFile: (taskId: string) => string;
  readonly now: () => number;
  readonly setTimer: SetTimer;
  /** Called before a denial is given, once for everything denied together; waited for at most 2 s */
  readonly tellAgent: (taskId: string, sentence: string) => Promise<void>;
  readonly log?: (source: string, line: string) => void;
}

/** With this many processes being looked up, none is looked up only for the log */
const looksForLogCap = 8;

const cancelled: ActDecision = { isAllowed: false, outcome: 'cancelled' };

export class Approvals {
  /** A question is new, its count changed, or its program is now known */
  readonly changed = new Listeners<Approval>();
  readonly closed = new Listeners<{ readonly id: string; readonly outcome: ApprovalOutcome }>();
  readonly grantsChanged = new Listeners<Grant[]>();
  #state: ApprovalState = emptyState(randomBytes(6).toString('hex'));
  readonly #timers = new Map<string, Disposable>();
  readonly #turns = new TurnSignals();
  readonly #held: HeldActs;
  readonly #names: ProgramNames;
  readonly #grantsFile: GrantsFile;
  readonly #log: ApprovalLog;
  #loaded: Promise<readonly SetAside[]> | null = null;
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly options: ApprovalsOptions) {
    const { logFile, grantsFile, now, setTimer } = options;
    this.#held = new HeldActs({ ...options, signalOf: (taskId) => this.#turns.of(taskId) });
    this.#names = new ProgramNames(options);
    this.#grantsFile = new GrantsFile(grantsFile, now);
    this.#log = new ApprovalLog({ fileOf: logFile, setTimer, onProblem: (line) => this.#tellProblem(line) });
  }

  /** Loads the stored grants, once. An unreadable file is reported and grants nothing. Never rejects. */
  load(): Promise<readonly SetAside[]> {
    this.#loaded ??= this.#grantsFile.load().then(({ grants, setAside }) => {
      this.#feed({ kind: 'load', grants });
      return setAside ? [setAside] : [];
    });
    return this.#loaded;
  }

  /** All open questions, oldest first. */
  get open(): Approval[] {
    const questions = allQuestions(this.#state).map(({ approval }) => approval);
    return questions.sort((a, b) => a.openedAt - b.openedAt);
  }

  get grants(): Grant[] {
    return [...this.#state.grants];
  }

  /**
   * Resolves when it is decided; never rejects. When `signal` is aborted, the program has withdrawn the act: it
   * is denied immediately and no longer counted.
   */
  async decide(act: Act, signal?: AbortSignal): Promise<ActDecision> {
    try {
      const { taskId, pid } = act;
      const folder = this.options.folderOf(taskId);
      if (needsAnotherLook(this.#state, act, folder, this.options.now())) {
        const turn = this.#turns.of(taskId);
        const program = await this.#names.look(taskId, pid, turn);
        if (turn.aborted) return cancelled;
        this.#feed({ kind: 'looked-again', taskId, pid, program, now: this.options.now() });
      }
      return signal?.aborted ? cancelled : await this.#decide(act, folder, signal);
    } catch (error) {
      // A fault in this program must not allow anything.
      this.#tellProblem(`couldn't ask a question: ${String(error)}`);
      return cancelled;
    }
  }

  /**
   * For a command that hasn't run yet. Resolves when it is decided, at the latest at the end of the turn; never
   * rejects.
   */
  decideAhead(request: AheadRequest): Promise<ActDecision> {
    const folder = this.options.folderOf(request.taskId);
    const now = this.options.now();
    const timeoutMs = this.options.settings().approvalTimeoutSeconds * 1000;
    return new Promise((resolve) => {
      this.#feed({ kind: 'ahead', request, folder, now, timeoutMs }, resolve);
    });
  }

  /**
   * @throws RpcError `NOT_FOUND` when the question is no longer open, `INVALID_REQUEST` for a folder grant when the
   *   task has no folder
   */
  answer(id: string, answer: ApprovalAnswer): void {
    const question = questionOf(this.#state, id);
    if (!question) throw new RpcError('NOT_FOUND', 'This question is no longer open.');
    if (answer.allow && answer.scope === 'folder' && question.folder === null) {
      throw new RpcError('INVALID_REQUEST', 'This task has no folder. Allow it for this task instead.');
    }
    this.#feed({ kind: 'answer', id, answer, now: this.options.now() });
  }

  /** A run begins: what it may do without a question, and whether anybody can be asked. Ends the previous turn. */
  beginTurn(taskId: string, policy: { readonly allow: readonly ApprovalKind[]; readonly canAsk: boolean }): void {
    this.#turns.end(taskId);
    this.#feed({ kind: 'begin', taskId, ...policy, now: this.options.now() });
  }

  /** Denies what is open and forgets the turn's answers. Call it however a run ends; calling it again is harmless. */
  endTurn(taskId: string): void {
    this.#turns.end(taskId);
    this.#feed({ kind: 'end', taskId, now: this.options.now() });
    void this.#log.flush();
  }

  /** Ends the turn and removes the task's grants. Grants of its folder stay. */
  forgetTask(taskId: string): void {
    this.#turns.end(taskId);
    this.#feed({ kind: 'forget', taskId, now: this.options.now() });
    void this.#log.flush();
  }

  /** Removes a grant immediately, and resolves when that is stored. @throws RpcError `NOT_FOUND` */
  async revoke(id: string): Promise<void> {
    const revoked = this.#state.grants.find((grant) => grant.id === id);
    if (!revoked) throw new RpcError('NOT_FOUND', 'This permission was already removed.');
    this.#feed({ kind: 'revoke', id });
    if (revoked.scope !== 'turn') await this.#saving;
  }

  /** The newest entries of a task's log, in order of time. */
  log(taskId: string): Promise<ApprovalLogEntry[]> {
    return this.#log.read(taskId);
  }

  /** Resolves when grants and logs are on the disk; for shutdown, and before a task's folder is moved. */
  async flush(): Promise<void> {
    await Promise.all([this.#log.flush(), this.#saving.catch(() => undefined)]);
  }

  /** Denies everything that is open, and writes grants and logs. */
  async close(): Promise<void> {
    for (const taskId of new Set([...this.#state.tasks.keys(), ...this.#turns.taskIds])) this.endTurn(taskId);
    await this.flush();
  }

  #decide(act: Act, folder: string | null, signal?: AbortSignal): Promise<ActDecision> {
    const now = this.options.now();
    const timeoutMs = this.options.settings().approvalTimeoutSeconds * 1000;
    return new Promise((resolve) => {
      const waitsFor = this.#feed({ kind: 'act', act, folder, now, timeoutMs }, resolve);
      if (waitsFor === null || !signal) return;
      const giveUp = (): void => {
        resolve(cancelled);
        if (this.#held.giveUp(waitsFor, resolve)) {
          this.#feed({ kind: 'withdraw', id: waitsFor, now: this.options.now() });
        }
      };
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Returns the id of the question that the request waits for. */
  #feed(input: ApprovalInput, decide?: Decide): string | null {
    const [next, ...effects] = step(this.#state, input);
    this.#state = next;
    for (const effect of effects) {
      try {
        this.#perform(effect, decide);
      } catch (error) {
        // If a listener fails, no act may stay held without a question.
        this.#tellProblem(`${effect.kind}: ${String(error)}`);
      }
    }
    return effects.find((effect) => effect.kind === 'wait')?.id ?? null;
  }

  #perform(effect: ApprovalEffect, decide?: Decide): void {
    switch (effect.kind) {
      case 'decide':
        if (decide) this.#held.release([decide], effect);
        return;
      case 'wait':
        if (decide) this.#held.hold(effect.id, decide);
        return;
      case 'asked':
        return this.#ask(effect.approval, effect.pid);
      case 'changed':
        return this.changed.emit(effect.approval);
      case 'closed': {
        const { approval, decision, sentence } = effect;
        this.#timers.get(approval.id)?.dispose();
        this.#timers.delete(approval.id);
        this.#held.releaseAll(approval.id, { taskId: approval.taskId, decision, sentence });
        return this.closed.emit({ id: approval.id, outcome: decision.outcome });
      }
      case 'grants':
        if (effect.isKeptToo) this.#save();
        return this.grantsChanged.emit(this.grants);
      case 'log':
        if (this.#log.add(effect.record)) this.#nameForLog(effect.record);
    }
  }

  #ask(approval: Approval, pid: number): void {
    const { id, taskId, openedAt, expiresAt } = approval;
    const onDue = (): void => void this.#feed({ kind: 'expire', id, now: this.options.now() });
    this.#timers.set(id, this.options.setTimer(expiresAt - openedAt, onDue));
    if (approval.program === null) void this.#name(taskId, pid);
    this.changed.emit(approval);
  }

  /** Never rejects. */
  async #name(taskId: string, pid: number): Promise<void> {
    const turn = this.#turns.of(taskId);
    const program = await this.#names.look(taskId, pid, turn);
    if (program === null || turn.aborted) return;
    this.#log.name(taskId, pid, program);
    this.#feed({ kind: 'named', taskId, pid, program });
  }

  #nameForLog({ taskId, pid }: LogRecord): void {
    if (this.#names.busy < looksForLogCap) void this.#name(taskId, pid);
  }

  #save(): void {
    // The file must be read before it is replaced.
    this.#saving = this.load().then(() => this.#grantsFile.save(() => keptGrants(this.#state.grants)));
    this.#saving.catch((error: unknown) => this.#tellProblem(`couldn't save the permissions: ${String(error)}`));
  }

  #tellProblem(line: string): void {
    this.options.log?.('approvals', line);
  }
}
