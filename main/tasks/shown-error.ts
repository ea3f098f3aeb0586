/** What people see of a model's failed answer. */
import { piErrorText } from '../providers/pi-error-text';

/** pi's error text made readable; nothing for a run that was stopped, which isn't an error. */
export function shownError(
  stopReason: string | undefined,
  errorMessage: string | undefined,
): { errorMessage?: string } {
  if (errorMessage === undefined || stopReason === 'aborted') return {};
  return { errorMessage: piErrorText(errorMessage) };
}
