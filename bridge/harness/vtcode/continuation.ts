/** What a run continues with when a rule says so. Pure. */
import type { PiEventResponse } from '../../../schema/generated/pi-api';
import { contentText } from '../../events/event-fields';

/** `null` when it doesn't continue. */
export function continuationOf(answer: PiEventResponse): string | null {
  if (answer.which !== 'boundary' || answer.boundary.continues !== true) return null;
  const said = (answer.boundary.entries ?? []).map((entry) =>
    entry.which === 'customMessage' ? contentText(entry.customMessage.content) : '',
  );
  return said.filter((text) => text !== '').join('\n\n') || 'Continue.';
}
