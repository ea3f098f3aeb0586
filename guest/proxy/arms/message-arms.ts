/** Messages as they arrive, and the choice of model. */
import type { ModelSelect, ThinkingLevelSelect } from '../../../schema/generated/pi-api';
import type { PiModel } from '../pi';
import { arm, type Arms } from './arm';
import { fromMessage, toMessage, type PiMessage } from './provider-arms';

/** What the person or the agent streams. pi's event also contains the whole message so far, which isn't sent. */
export interface MessageUpdated {
  readonly assistantMessageEvent: { readonly type: string; readonly contentIndex?: number; readonly delta?: string };
}

interface ModelSelected {
  readonly model: PiModel;
  readonly previousModel?: PiModel;
  readonly source: ModelSelect['source'];
}

const modelOf = ({ provider, id }: PiModel) => ({ provider, id });

export const messageArms: Arms = {
  message_start: arm<{ readonly message: PiMessage }>({
    project: ({ message }) => ({ which: 'messageStart', messageStart: { message: toMessage(message) } }),
  }),
  message_update: arm<MessageUpdated>({
    project: ({ assistantMessageEvent: { type, contentIndex = 0, delta = '' } }) => ({
      which: 'messageUpdate',
      messageUpdate: { kind: type, contentIndex, delta },
    }),
  }),
  message_end: arm<{ readonly message: PiMessage }>({
    project: ({ message }) => ({ which: 'messageEnd', messageEnd: { message: toMessage(message) } }),
    apply: (response) =>
      response.which === 'messageEnd' ? { message: fromMessage(response.messageEnd.message) } : undefined,
  }),
  model_select: arm<ModelSelected>({
    project: ({ model, previousModel, source }) => ({
      which: 'modelSelect',
      modelSelect: { model: modelOf(model), previousModel: previousModel && modelOf(previousModel), source },
    }),
  }),
  thinking_level_select: arm<ThinkingLevelSelect>({
    project: ({ level, previousLevel }) => ({
      which: 'thinkingLevelSelect',
      thinkingLevelSelect: { level, previousLevel },
    }),
  }),
};
