/** What a plan sends, and what it asks and waits for: plain data with every text filled in. */
import type { Delivery, JsonValue, LogLevel, NoticeLevel } from '../action';
import type { Act } from '../vocabulary/acts';

/** Sent in order, without waiting. */
export type PlannedEffect =
  | { readonly kind: 'notify'; readonly level: NoticeLevel; readonly message: string }
  | { readonly kind: 'set-status'; readonly key: string; readonly text: string | null }
  | { readonly kind: 'set-widget'; readonly key: string; readonly lines: readonly string[] }
  | { readonly kind: 'set-title'; readonly text: string }
  | { readonly kind: 'set-editor-text'; readonly text: string }
  | { readonly kind: 'set-model'; readonly provider: string; readonly model: string }
  | { readonly kind: 'set-thinking-level'; readonly level: string }
  | {
      readonly kind: 'send-message';
      readonly text: string;
      readonly as: 'user' | 'note';
      readonly delivery: Delivery;
      readonly startsTurn: boolean;
    }
  | { readonly kind: 'append-entry'; readonly type: string; readonly data: JsonValue }
  | { readonly kind: 'set-session-name'; readonly name: string }
  | { readonly kind: 'set-tools'; readonly on: readonly string[]; readonly off: readonly string[] }
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }
  | { readonly kind: 'abort' }
  | { readonly kind: 'compact'; readonly instructions: string | null };

/** Asked, and waited for at most `timeoutMs`. */
export type Request =
  | { readonly kind: 'confirm'; readonly title: string; readonly message: string; readonly timeoutMs: number }
  | { readonly kind: 'select'; readonly title: string; readonly options: readonly string[]; readonly timeoutMs: number }
  | { readonly kind: 'input'; readonly title: string; readonly placeholder: string; readonly timeoutMs: number }
  | { readonly kind: 'editor'; readonly title: string; readonly prefill: string; readonly timeoutMs: number }
  | {
      readonly kind: 'ask-act';
      readonly sentence: string;
      readonly acts: readonly Act[];
      readonly timeoutMs: number;
    }
  | { readonly kind: 'shell'; readonly command: string; readonly timeoutMs: number }
  | {
      readonly kind: 'run-tool';
      readonly tool: string;
      readonly input: Readonly<Record<string, JsonValue>>;
      readonly timeoutMs: number;
    };

/** `none`: there is no answer, so it counts as no. */
export type Answer =
  | { readonly kind: 'confirm'; readonly isConfirmed: boolean }
  /** select: the label; input and editor: what was typed */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'act'; readonly isAllowed: boolean; readonly reason: string }
  | { readonly kind: 'shell'; readonly code: number; readonly output: string }
  | { readonly kind: 'tool'; readonly isError: boolean; readonly output: string }
  | { readonly kind: 'none'; readonly why: 'cancelled' | 'timed-out' | 'failed'; readonly reason: string };
