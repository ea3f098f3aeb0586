/** Reading the session. */
import { ContractError } from '../../../schema/capnp/contract-error';
import type { EntriesQuery, EntryPage, PiHost, SessionEntry } from '../../../schema/generated/pi-api';
import { toJson } from '../json';
import type { PiEntry } from '../pi';
import { atOnce, type LiveSession } from './live-session';

/** Maximum text of the entries on one page, so that it fits into a frame */
const maximumPageLength = 2 * 1024 * 1024;

/** An entry that doesn't fit on any page is listed without its content. */
function toEntry(entry: PiEntry): SessionEntry {
  const { id, parentId, type, timestamp } = entry;
  const json = toJson(entry);
  const fits = json.length <= maximumPageLength;
  return {
    ...{ id, parentId: parentId ?? undefined, type },
    json: fits ? json : toJson({ id, parentId, type, timestamp, omittedLength: json.length }),
  };
}

/**
 * A page of the entries after the cursor. Pure.
 *
 * @throws ContractError `notFound` when the cursor is unknown
 */
export function pageOf(all: readonly PiEntry[], { since, limit, types }: EntriesQuery): Omit<EntryPage, 'leafId'> {
  const known = since === undefined ? 0 : all.findIndex(({ id }) => id === since) + 1;
  if (since !== undefined && known === 0) throw new ContractError('notFound', `There is no entry ${since}.`);
  const wanted = all.slice(known).filter(({ type }) => types.length === 0 || types.includes(type));
  const entries: SessionEntry[] = [];
  let length = 0;
  for (const one of wanted) {
    const entry = toEntry(one);
    length += entry.json.length;
    if (entries.length >= limit || (entries.length > 0 && length > maximumPageLength)) break;
    entries.push(entry);
  }
  return { entries, hasMore: entries.length < wanted.length };
}

export const sessionHost = (live: LiveSession): Pick<PiHost, 'getEntries' | 'getSessionInfo' | 'getContextUsage'> => ({
  getEntries: atOnce((query) => {
    const { sessionManager } = live().context;
    return { ...pageOf(sessionManager.getEntries(), query), leafId: sessionManager.getLeafId() ?? undefined };
  }),
  getSessionInfo: atOnce(({ withSystemPrompt }) => {
    const { context } = live();
    const { sessionManager, model } = context;
    return {
      sessionId: sessionManager.getSessionId(),
      sessionFile: sessionManager.getSessionFile(),
      name: sessionManager.getSessionName(),
      cwd: context.cwd,
      leafId: sessionManager.getLeafId() ?? undefined,
      isIdle: context.isIdle(),
      hasPendingMessages: context.hasPendingMessages(),
      isProjectTrusted: context.isProjectTrusted(),
      model: model && { provider: model.provider, id: model.id },
      thinkingLevel: context.thinkingLevel,
      systemPrompt: withSystemPrompt ? context.getSystemPrompt() : undefined,
    };
  }),
  getContextUsage: atOnce(() => {
    const usage = live().context.getContextUsage();
    return {
      ...{ tokens: usage?.tokens ?? undefined, percent: usage?.percent ?? undefined },
      contextWindow: usage?.contextWindow ?? 0,
    };
  }),
});
