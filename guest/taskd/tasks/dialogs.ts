/** The open questions of one pi process. */
import type { Dialog, DialogAnswer } from '../../../schema/dialogs';
import { RpcError } from '../../../schema/errors';
import { Listeners } from '../../../schema/transport';

export type CloseReason = 'answered' | 'timed_out' | 'aborted' | 'task_ended';

/** pi's own shape of an answer. */
type PiAnswer = { type: 'extension_ui_response'; id: string } & DialogAnswer;

interface Open {
  readonly dialog: Dialog;
  /** Asked to the host itself; the person doesn't see it */
  readonly isUnseen: boolean;
  readonly timer: NodeJS.Timeout | null;
}

const fits = (dialog: Dialog, answer: DialogAnswer): boolean =>
  'cancelled' in answer || 'confirmed' in answer === (dialog.method === 'confirm');

/** pi answers a dialog that timed out itself and reports nothing, so the deadline is also tracked here. */
export class OpenDialogs {
  readonly #open = new Map<string, Open>();
  readonly closed = new Listeners<{ id: string; reason: CloseReason }>();

  constructor(private readonly tell: (answer: PiAnswer) => void) {}

  get list(): Dialog[] {
    return [...this.#open.values()].filter(({ isUnseen }) => !isUnseen).map(({ dialog }) => dialog);
  }

  add(dialog: Dialog): void {
    const timer =
      dialog.timeoutMs === undefined ? null : setTimeout(() => this.#close(dialog.id, 'timed_out'), dialog.timeoutMs);
    this.#open.set(dialog.id, { dialog, timer, isUnseen: false });
  }

  /** A free-text answer, given as for an `input`. */
  addUnseen(id: string): void {
    this.#open.set(id, { dialog: { id, method: 'input', title: '' }, timer: null, isUnseen: true });
  }

  /** False when the question is no longer open. @throws RpcError `INVALID_REQUEST` when the answer doesn't fit */
  answer(id: string, answer: DialogAnswer): boolean {
    const open = this.#open.get(id);
    if (!open) return false;
    if (!fits(open.dialog, answer)) {
      throw new RpcError('INVALID_REQUEST', `A ${open.dialog.method} question can't be answered that way.`);
    }
    this.tell({ type: 'extension_ui_response', id, ...answer });
    this.#close(id, 'answered');
    return true;
  }

  /** Answers every open question with "cancelled". */
  cancelAll(reason: CloseReason): void {
    for (const id of [...this.#open.keys()]) {
      this.tell({ type: 'extension_ui_response', id, cancelled: true });
      this.#close(id, reason);
    }
  }

  #close(id: string, reason: CloseReason): void {
    const open = this.#open.get(id);
    if (!open) return;
    if (open.timer) clearTimeout(open.timer);
    this.#open.delete(id);
    this.closed.emit({ id, reason });
  }
}
