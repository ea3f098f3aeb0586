/** What the bridge may request from VTCode under our supervisor. The supervisor serves what concerns the person. */
import { ContractError } from '../../../../schema/capnp/contract-error';
import { servingOnly } from '../../../../schema/capnp/with-defaults';
import type { Delivery, Done, PiHost } from '../../../../schema/generated/pi-api';
import { contentText } from '../../../events/event-fields';

/** What the supervisor serves itself: a page, a terminal, a shell in the sandbox. */
export type Supervisor = Pick<PiHost, 'log'> & Partial<Pick<PiHost, 'uiAction' | 'askAct' | 'execShell'>>;

export interface Mailbox {
  isBusy(): boolean;
  /** In this run, after the model's current work; starts a run when there is none */
  followUp(text: string): void;
  /** With the next prompt, whoever writes it */
  keep(text: string): void;
  abort(): void;
}

function deliver(mailbox: Mailbox, text: string, deliverAs: Delivery, startsRun: boolean): Promise<Done> {
  if (deliverAs === 'steer' && mailbox.isBusy()) {
    const what = "vtcode-acp can't receive messages while it works: steer has no carrier.";
    return Promise.reject(new ContractError('unimplemented', what));
  }
  if (deliverAs === 'nextTurn' || (!startsRun && !mailbox.isBusy())) mailbox.keep(text);
  else mailbox.followUp(text);
  return Promise.resolve({});
}

/** Methods that are missing here answer `unimplemented`, by name. */
export const acpHost = (supervisor: Supervisor, mailbox: Mailbox): PiHost =>
  servingOnly<PiHost>({
    ...supervisor,
    sendMessage: ({ message, triggerTurn, deliverAs }) =>
      deliver(mailbox, contentText(message.content), deliverAs, triggerTurn),
    sendUserMessage: ({ content, deliverAs }) => deliver(mailbox, contentText(content), deliverAs, true),
    abort: () => {
      mailbox.abort();
      return Promise.resolve({});
    },
  });
