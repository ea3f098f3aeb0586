/** Sends the effects of plans to the harness, without waiting for them. */
import type { Delivery as PlannedDelivery } from '../behaviour/action';
import type { PlannedEffect } from '../behaviour/evaluate/request';
import { toContractError } from '../../schema/capnp/contract-error';
import type { ContentBlock, Delivery, PiHost } from '../../schema/generated/pi-api';

const deliveries: Readonly<Record<PlannedDelivery, Delivery>> = {
  steer: 'steer',
  'follow-up': 'followUp',
  'next-turn': 'nextTurn',
};

/** The message type with which pi stores an extension's note */
const noteType = 'piwork-note';

const text = (value: string): readonly ContentBlock[] => [{ which: 'text', text: value }];

async function setTools(host: PiHost, on: readonly string[], off: readonly string[]): Promise<unknown> {
  const { names } = await host.getActiveTools({});
  const kept = names.filter((name) => !off.includes(name));
  return host.setActiveTools({ names: [...new Set([...kept, ...on])] });
}

function perform(host: PiHost, effect: PlannedEffect, callId: string): Promise<unknown> {
  switch (effect.kind) {
    case 'notify':
      return host.uiAction({ which: 'notify', notify: { message: effect.message, level: effect.level } });
    case 'set-status':
      return host.uiAction({ which: 'setStatus', setStatus: { key: effect.key, text: effect.text ?? undefined } });
    case 'set-widget': {
      const { key, lines } = effect;
      return host.uiAction({ which: 'setWidget', setWidget: { key, lines, placement: 'aboveEditor' } });
    }
    case 'set-title':
      return host.uiAction({ which: 'setTitle', setTitle: { title: effect.text } });
    case 'set-editor-text':
      return host.uiAction({ which: 'setEditorText', setEditorText: { text: effect.text } });
    case 'set-model':
      return host.setModel({ provider: effect.provider, id: effect.model });
    case 'set-thinking-level':
      return host.setThinkingLevel({ level: effect.level });
    case 'send-message': {
      const deliverAs = deliveries[effect.delivery];
      const content = text(effect.text);
      if (effect.as === 'user') return host.sendUserMessage({ content, deliverAs, expandPromptTemplates: false });
      const message = { customType: noteType, content, display: true };
      return host.sendMessage({ message, triggerTurn: effect.startsTurn, deliverAs });
    }
    case 'append-entry':
      return host.appendEntry({ customType: effect.type, dataJson: JSON.stringify(effect.data) });
    case 'set-session-name':
      return host.setSessionName({ name: effect.name });
    case 'set-tools':
      return setTools(host, effect.on, effect.off);
    case 'progress':
      return host.toolUpdate({ callId, content: text(effect.text) });
    case 'log':
      return host.log({ level: effect.level === 'debug' ? 'info' : effect.level, message: effect.message });
    case 'abort':
      return host.abort({});
    case 'compact':
      return host.compact({ customInstructions: effect.instructions ?? undefined });
  }
}

/** The harness logs what it can't do, by name. */
export function sendToHost(host: PiHost, effect: PlannedEffect, callId: string): void {
  perform(host, effect, callId).catch((error: unknown) => {
    const message = `${effect.kind} had no effect: ${toContractError(error).message}`;
    void host.log({ level: 'warning', message }).catch(() => undefined);
  });
}
