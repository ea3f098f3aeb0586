/** Messages to the model, and what the session stores. */
import { ContractError } from '../../../schema/capnp/contract-error';
import type { PiHost } from '../../../schema/generated/pi-api';
import { toPiContent } from '../content';
import { toPiMessage } from '../custom-message';
import { fromJson } from '../json';
import { atOnce, type LiveSession } from './live-session';

type Methods = Pick<PiHost, 'sendMessage' | 'sendUserMessage' | 'appendEntry' | 'setLabel' | 'setSessionName'>;

export const messageHost = (live: LiveSession): Methods => ({
  sendMessage: atOnce(({ message, triggerTurn, deliverAs }) => {
    const options = { triggerTurn, ...(deliverAs !== 'byDefault' && { deliverAs }) };
    live().pi.sendMessage(toPiMessage(message), options);
    return {};
  }),
  sendUserMessage: atOnce(({ content, deliverAs, expandPromptTemplates }) => {
    const { pi, context } = live();
    if (deliverAs === 'nextTurn') {
      throw new ContractError('invalidInput', "A message sent as the person can't wait for their next one.");
    }
    // pi would report this later, when nobody handles it.
    if (deliverAs === 'byDefault' && !context.isIdle()) {
      throw new ContractError('invalidInput', 'The model is working: deliver the message as steer or followUp.');
    }
    const options = { expandPromptTemplates, ...(deliverAs !== 'byDefault' && { deliverAs }) };
    pi.sendUserMessage(toPiContent(content), options);
    return {};
  }),
  appendEntry: atOnce(({ customType, dataJson }) => {
    live().pi.appendEntry(customType, dataJson === undefined ? undefined : fromJson(dataJson, 'The entry'));
    return {};
  }),
  setLabel: atOnce(({ entryId, label }) => {
    const { pi, context } = live();
    if (!context.sessionManager.getEntry(entryId)) throw new ContractError('notFound', `There is no entry ${entryId}.`);
    pi.setLabel(entryId, label);
    return {};
  }),
  setSessionName: atOnce(({ name }) => {
    live().pi.setSessionName(name);
    return {};
  }),
});
