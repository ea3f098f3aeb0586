/** A task's running pi process with everything that belongs to it: slot, translation, dialogs. */
import { z } from 'zod';
import type { PiRecord } from '../../../schema/pi-records';
import type { OutgoingEvent } from '../../../schema/rpc';
import type { Model, TaskdApi } from '../../../schema/taskd-api';
import type { Parked } from '../pi/parked';
import type { PiExit, PiProcess } from '../pi/process';
import { initialTranslation, translate } from '../pi/translate';
import { OpenDialogs } from './dialogs';

type TaskEvent = OutgoingEvent<TaskdApi>;

/** The host accepts only positive figures; any other counts as none. */
const contextWindow = z.number().positive().nullish().catch(null);
const piModel = z.looseObject({
  id: z.string(),
  provider: z.string(),
  name: z.string().optional(),
  contextWindow,
});
const models = z.looseObject({ models: z.array(piModel) });
const state = z.looseObject({ model: piModel.nullish() });
const stats = z.looseObject({
  tokens: z.looseObject({
    input: z.number().default(0),
    output: z.number().default(0),
    cacheRead: z.number().default(0),
    cacheWrite: z.number().default(0),
  }),
  cost: z.number().default(0),
  contextUsage: z.looseObject({ tokens: z.number().nonnegative().nullish().catch(null), contextWindow }).nullish(),
});

const modelRef = ({ provider, id }: z.output<typeof piModel>): string => `${provider}/${id}`;

export interface SessionEvents {
  emit(event: TaskEvent): void;
  settled(isAborted: boolean): void;
}

export class PiSession {
  readonly process: PiProcess;
  readonly dialogs: OpenDialogs;
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
    const { model } = state.parse(await this.process.request({ type: 'get_state' }));
    return model ? modelRef(model) : null;
  }

  async models(): Promise<Model[]> {
    const listed = models.parse(await this.process.request({ type: 'get_available_models' }));
    return listed.models.map((model) => ({
      ref: modelRef(model),
      name: model.name ?? model.id,
      ...(model.contextWindow == null ? {} : { contextWindow: model.contextWindow }),
    }));
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
    return modelRef(piModel.parse(set));
  }

  /** Reports the session's usage as an event. */
  async tellUsage(): Promise<void> {
    const { tokens, cost, contextUsage } = stats.parse(await this.process.request({ type: 'get_session_stats' }));
    const { input, output, cacheRead, cacheWrite } = tokens;
    this.events.emit({
      event: 'usage',
      payload: {
        ...{ input, output, cacheRead, cacheWrite, cost },
        contextTokens: contextUsage?.tokens ?? null,
        contextWindow: contextUsage?.contextWindow ?? null,
      },
    });
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
