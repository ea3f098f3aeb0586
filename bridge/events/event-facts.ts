/** Converts an event of the contract to the facts for the rules. */
import { factsOf, type Facts } from '../behaviour/evaluate/facts';
import { callFacts } from '../guard/call-facts';
import { folderListing } from '../guard/folder-listing';
import type { FolderLook } from '../guard/folder-look';
import type { PiEvent } from '../../schema/generated/pi-api';
import { fieldsOf, jsonOf } from './event-fields';
import type { SessionState } from './session-state';

/** What is computed about a call before the rules are evaluated. */
function worked(event: PiEvent, { cwd }: SessionState, look: FolderLook): Partial<Facts> {
  if (event.which === 'toolCall') {
    const { toolName: tool, inputJson } = event.toolCall;
    return callFacts({ tool, input: jsonOf(inputJson), cwd }, look);
  }
  if (event.which !== 'userBash') return {};
  return callFacts({ tool: 'bash', input: { command: event.userBash.command }, cwd: event.userBash.cwd }, look);
}

/** What all events of a session have in common. */
export const commonFacts = ({ id, harness, places, counts }: SessionState): Omit<Partial<Facts>, 'event'> => ({
  harness,
  session: { id, name: '' },
  places,
  counts,
});

/** The folder's listing at the session's first prompt. */
export const listingOf = ({ listing, places }: SessionState, look: FolderLook): string =>
  listing ?? (places.folder === null ? '' : folderListing(places.folder, look));

/** `null` for an event that no rule can name. */
export function eventFacts(event: PiEvent, session: SessionState, look: FolderLook): Facts | null {
  const named = fieldsOf(event);
  if (named === null) return null;
  const fields =
    event.which === 'beforeAgentStart'
      ? { ...named.fields, 'is-first': session.isFirst, 'folder.listing': listingOf(session, look) }
      : named.fields;
  return factsOf({ ...commonFacts(session), ...named, fields, ...worked(event, session, look) });
}
