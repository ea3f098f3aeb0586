/** The extensions' statuses on VTCode's status line. Pure. */
import type { UiAction } from '../../../../schema/generated/pi-api';

/** One line, in the order of their keys. */
export function statusText(shown: readonly UiAction[]): string {
  const statuses = shown.flatMap((action) => (action.which === 'setStatus' ? [action.setStatus] : []));
  return statuses
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .flatMap(({ text }) => (text === undefined ? [] : [text.replace(/\s+/g, ' ')]))
    .join(' · ');
}
