/** taskd as the host sees it, controlled by the test: every call is recorded and answered as set up. */
import type { Client, Params, Result } from '../../../schema/rpc';
import { clientOver } from '../../../schema/contract-client';
import { taskdApi, type TaskdApi } from '../../../schema/taskd-api';

type Method = keyof TaskdApi['methods'];

type Answers = { [M in Method]?: (params: Params<TaskdApi, M>) => Result<TaskdApi, M> | Promise<Result<TaskdApi, M>> };

const model = { ref: 'tour/tour', name: 'Tour' };

const defaults: Answers = {
  create_or_open_task: ({ taskId }) => ({ taskId, state: 'ready', mode: 'created' }),
  prompt: ({ taskId, promptId }) => ({ accepted: true, taskId, promptId, disposition: 'started' }),
  abort: () => ({ aborted: true }),
  stop_task: () => ({ state: 'stopped' }),
  pi_set_model: ({ model: ref }) => ({ model: ref }),
  pi_get_available_models: () => ({ models: [model] }),
  extension_ui_response: () => ({ accepted: true }),
};

export class FakeTaskd {
  readonly calls: Array<{ type: string; payload: unknown }> = [];
  readonly client: Client<TaskdApi>;

  constructor(readonly answers: Answers = {}) {
    this.client = clientOver(taskdApi, (type, payload) => {
      this.calls.push({ type, payload });
      const answer = (this.answers[type as Method] ?? defaults[type as Method]) as
        ((params: unknown) => unknown) | undefined;
      if (!answer) throw new Error(`the test has no answer to ${type}`);
      return Promise.resolve(answer(payload));
    });
  }

  get types(): string[] {
    return this.calls.map(({ type }) => type);
  }
}
