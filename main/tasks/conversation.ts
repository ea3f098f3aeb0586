/** One task's conversation in memory, and a cache on disk that saves reading the session again. */
import { z } from 'zod';
import {
  applyChange,
  conversationItem,
  type ConversationChange,
  type ConversationItem,
} from '../../schema/conversation';
import { readStateFile } from '../state-files/read-state-file';
import { replaceFile } from '../../node/replace-file';
import { conversationOf } from './read-session';

const cacheFile = z.strictObject({ session: z.string(), items: z.array(conversationItem) });

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

/** pi's session file, which the guest writes: read through the file server's confined folder. */
export interface SessionSource {
  readonly read: () => Promise<{ readonly text: string; readonly identity: string }>;
  /** Differs after every change: a cache made from another state isn't used */
  readonly identity: () => Promise<string>;
}

export interface ConversationFiles {
  readonly session: SessionSource;
  readonly cacheFile: string;
}

/** The cached conversation if it matches the present session, otherwise read from the session. */
export async function loadItems({ session, cacheFile: path }: ConversationFiles): Promise<readonly ConversationItem[]> {
  const { value } = await readStateFile(path, cacheFile);
  if (value && value.session === (await session.identity())) return value.items;
  return conversationOf((await session.read()).text);
}

export async function keepItems(
  { session, cacheFile: path }: ConversationFiles,
  items: readonly ConversationItem[],
): Promise<void> {
  await replaceFile(path, JSON.stringify({ session: await session.identity(), items }), 0o600);
}
