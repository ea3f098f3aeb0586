/** A task's running pi process with everything that belongs to it: slot, translation, dialogs. */
import type { PiRecord } from '../../../schema/pi-records';
import type { OutgoingEvent } from '../../../schema/rpc';
import type { Model, TaskdApi } from '../../../schema/taskd-api';
import type { Parked } from '../pi/parked';
import type { PiExit, PiProcess } from '../pi/process';
import { initialTranslation, translate } from '../pi/translate';
import { isUnreadable } from '../pi/translate-ui';
import { noHits, type LimitHits } from '../sandbox/limits';
import { OpenDialogs } from './dialogs';
import { modelOf, modelsOf, usageOf } from './pi-answers';

type TaskEvent = OutgoingEvent<TaskdApi>;

/** The id of a question that can't be passed on: pi would wait forever for its answer. */
function unanswerable(record: PiRecord): string | null {
  if (record.type === 'extension_ui_request') return isUnreadable(record.request) ? record.request.id : null;
  const raw = record.type === 'unknown' ? record.raw : null;
  const isQuestion = typeof raw === 'object' && raw !== null && 'type' in raw && raw.type === 'extension_ui_request';
  return isQuestion && 'id' in raw && typeof raw.id === 'string' ? raw.id : null;
}

export interface SessionEvents {
  emit(event: TaskEvent): void;
  settled(isAborted: boolean): void;
}

export class PiSession {
  readonly process: PiProcess;
  readonly dialogs: OpenDialogs;
  /** Limits that were hit, as far as the person was told */
  toldHits: LimitHits = noHits;
  #translation;
  #isAborting = false;

  constructor(
    readonly generation: number,
    readonly parked: Parked,
    private readonly events: SessionEvents,
  ) {
    this.#translation = initialTranslation(generation);
    this.process = parked.process;
    this.process.onRecord = (record) => this.#onRecord(record);
    this.dialogs = new OpenDialogs((answer) => this.process.tell(answer));
    this.dialogs.closed.add((payload) => events.emit({ event: 'ui_request_closed', payload }));
    void this.process.exited.then(() => this.dialogs.cancelAll('task_ended'));
  }

  get exited(): Promise<PiExit> {
    return this.process.exited;
  }

  async model(): Promise<string | null> {
    const { model } = (await this.process.request({ type: 'get_state' })) as { model?: unknown };
    return modelOf(model)?.ref ?? null;
  }

  async models(): Promise<Model[]> {
    return modelsOf(await this.process.request({ type: 'get_available_models' }));
  }

  async setThinkingLevel(level: string): Promise<void> {
    await this.process.request({ type: 'set_thinking_level', level });
  }

  async setModel(ref: string): Promise<string> {
    const slash = ref.indexOf('/');
    const set = await this.process.request({
      type: 'set_model',
      provider: ref.slice(0, slash),
      modelId: ref.slice(slash + 1),
    });
    return modelOf(set)?.ref ?? ref;
  }

  /** Reports the session's usage as an event. */
  async tellUsage(): Promise<void> {
    this.events.emit({ event: 'usage', payload: usageOf(await this.process.request({ type: 'get_session_stats' })) });
  }

  /**
   * Stops the run. pi doesn't settle while an extension waits for an answer, and may ask again after one was cancelled,
   * so every question is cancelled until it settles.
   */
  async abort(): Promise<void> {
    this.#isAborting = true;
    this.dialogs.cancelAll('aborted');
    await this.process.request({ type: 'clear_queue' });
    await this.process.request({ type: 'abort' });
  }

  #onRecord(record: PiRecord): void {
    const refused = unanswerable(record);
    if (refused !== null) this.process.tell({ type: 'extension_ui_response', id: refused, cancelled: true });
    if (record.type === 'extension_ui_request' && refused !== null) return;
    const [next, events] = translate(this.#translation, record);
    this.#translation = next;
    for (const event of events) {
      if (event.event === 'ui_request') this.dialogs.add(event.payload);
      if (event.event === 'act_question') this.dialogs.addUnseen(event.payload.id);
      this.events.emit(event);
    }
    if (this.#isAborting) this.dialogs.cancelAll('aborted');
    if (record.type !== 'agent_settled') return;
    this.#isAborting = false;
    this.events.settled(record.aborted);
  }
}
