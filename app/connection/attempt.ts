/** Runs calls for the person and reports what went wrong and what to do next. */
import type { App } from './app';
import { updateUi } from '../store/app-store';
import { RpcError } from '../../schema/errors';

let lastToastId = 0;
/** More would cover the page, and the oldest matter least. */
const maxToasts = 4;

/** Shows a passing message. */
export function toast(app: App, level: 'info' | 'error', title: string, text = ''): void {
  updateUi(app.store, ({ toasts }) => {
    // The same failure repeated is one message.
    const others = toasts.filter((toast) => toast.title !== title || toast.text !== text);
    return { toasts: [...others, { id: ++lastToastId, level, title, text }].slice(-maxToasts) };
  });
}

/** Dismisses a message. */
export const dismissToast = (app: App, id: number): void =>
  updateUi(app.store, ({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

/** What happened and what to do next, as a sentence for people. */
export function describeError(error: unknown): string {
  if (!(error instanceof RpcError)) return error instanceof Error ? error.message : String(error);
  switch (error.code) {
    case 'DISCONNECTED':
      return `${error.message} What you typed is kept.`;
    case 'DEADLINE_EXCEEDED':
      return `${error.message} If it keeps happening, restart the workspace.`;
    default:
      return error.message;
  }
}

/** Runs a call; a failure is shown as a message titled `failure`, and the answer is then undefined. */
export async function attempt<T>(app: App, failure: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    toast(app, 'error', failure, describeError(error));
    return undefined;
  }
}
