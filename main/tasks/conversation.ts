/** One task's conversation in memory, and a cache on disk that saves reading the session again. */
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import {
  applyChange,
  conversationItem,
  type ConversationChange,
  type ConversationItem,
} from '../../schema/conversation';
import { readStateFile } from '../state-files/read-state-file';
import { replaceFile } from '../../node/replace-file';
import { readConversation } from './read-session';

const cacheFile = z.strictObject({ session: z.string(), items: z.array(conversationItem) });

/** Identifies the session file's state: a cache made from another state isn't used. */
const sessionIdentity = (path: string): Promise<string> =>
  stat(path).then(
    ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
    () => 'none',
  );

export class Conversation {
  #items: readonly ConversationItem[];
  #revision = 0;

  constructor(
    items: readonly ConversationItem[],
    private readonly onChanges: (changes: ConversationChange[], revision: number) => void,
  ) {
    this.#items = items;
  }

  get items(): readonly ConversationItem[] {
    return this.#items;
  }

  /** Counts changes */
  get revision(): number {
    return this.#revision;
  }

  apply(changes: ConversationChange[]): void {
    if (changes.length === 0) return;
    this.#items = changes.reduce(applyChange, this.#items);
    this.#revision += changes.length;
    this.onChanges(changes, this.#revision);
  }

  notice(level: 'info' | 'warning' | 'error', text: string): void {
    const at = Date.now();
    this.apply([{ type: 'add', item: { id: `notice-${at}-${this.#revision}`, at, kind: 'notice', level, text } }]);
  }
}

export interface ConversationFiles {
  readonly sessionFile: string;
  readonly cacheFile: string;
}

/** The cached conversation if it matches the present session, otherwise read from the session. */
export async function loadItems({
  sessionFile,
  cacheFile: path,
}: ConversationFiles): Promise<readonly ConversationItem[]> {
  const { value } = await readStateFile(path, cacheFile);
  if (value && value.session === (await sessionIdentity(sessionFile))) return value.items;
  return readConversation(sessionFile);
}

export async function keepItems(
  { sessionFile, cacheFile: path }: ConversationFiles,
  items: readonly ConversationItem[],
): Promise<void> {
  const session = await sessionIdentity(sessionFile);
  await replaceFile(path, JSON.stringify({ session, items }), 0o600);
}
