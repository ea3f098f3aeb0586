/** What a rule does, as plain data. A closed set; each action is an answer or a call of the contract. */
import type { ActKind } from './vocabulary/acts';
import type { Place } from './source/problem';
import type { Template } from './template';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A value in which strings are templates. */
export type TemplateValue =
  | { readonly template: Template }
  | { readonly constant: null | boolean | number }
  | { readonly items: readonly TemplateValue[] }
  | { readonly fields: Readonly<Record<string, TemplateValue>> };

export const noticeLevels = ['info', 'warning', 'error'] as const;
export type NoticeLevel = (typeof noticeLevels)[number];

export const logLevels = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** When a sent message reaches the model. */
export const deliveries = ['steer', 'follow-up', 'next-turn'] as const;
export type Delivery = (typeof deliveries)[number];

/** What a command can do to the session after it has ended. */
export const sessionChanges = ['reload', 'new'] as const;
export type SessionChange = (typeof sessionChanges)[number];

/** Decisions change the event; some also end the evaluation of further rules. */
export type Decision =
  | { readonly kind: 'block'; readonly reason: Template; readonly endsRun: boolean }
  | { readonly kind: 'allow' }
  | { readonly kind: 'patch-input'; readonly fields: Readonly<Record<string, TemplateValue>> }
  | {
      readonly kind: 'change-result';
      readonly replace: Template | null;
      readonly prepend: Template | null;
      readonly append: Template | null;
      readonly isError: boolean | null;
    }
  | {
      readonly kind: 'add-context';
      readonly text: Template;
      readonly to: 'message' | 'system';
      readonly isShown: boolean;
    }
  | { readonly kind: 'add-resources'; readonly skills: readonly string[]; readonly prompts: readonly string[] }
  | { readonly kind: 'continue'; readonly text: Template | null }
  | { readonly kind: 'reply'; readonly text: Template; readonly isError: boolean }
  | { readonly kind: 'session'; readonly change: SessionChange };

/** Questions wait for an answer; a no runs the rule's `:else`. */
export type Question =
  | { readonly kind: 'confirm'; readonly title: Template; readonly message: Template; readonly timeoutMs: number }
  | {
      readonly kind: 'select';
      readonly title: Template;
      readonly options: readonly { readonly label: string; readonly action: Action | null }[];
      readonly timeoutMs: number;
    }
  | { readonly kind: 'input'; readonly title: Template; readonly placeholder: Template; readonly timeoutMs: number }
  | { readonly kind: 'editor'; readonly title: Template; readonly prefill: Template; readonly timeoutMs: number }
  | {
      readonly kind: 'ask-act';
      /** Acts of these kinds; empty: all */
      readonly kinds: readonly ActKind[];
      readonly sentence: Template;
      readonly timeoutMs: number;
    }
  | { readonly kind: 'shell'; readonly command: Template; readonly timeoutMs: number }
  | {
      readonly kind: 'run-tool';
      readonly tool: string;
      readonly input: Readonly<Record<string, TemplateValue>>;
      readonly timeoutMs: number;
    };

/** Effects are sent without waiting for them. */
export type Effect =
  | { readonly kind: 'notify'; readonly level: NoticeLevel; readonly message: Template }
  | { readonly kind: 'set-status'; readonly key: string; readonly text: Template | null }
  | { readonly kind: 'set-widget'; readonly key: string; readonly lines: readonly Template[] }
  | { readonly kind: 'set-title'; readonly text: Template }
  | { readonly kind: 'set-editor-text'; readonly text: Template }
  | { readonly kind: 'set-model'; readonly provider: string; readonly model: string }
  | { readonly kind: 'set-thinking-level'; readonly level: string }
  | {
      readonly kind: 'send-message';
      readonly text: Template;
      readonly as: 'user' | 'note';
      readonly delivery: Delivery;
      readonly startsTurn: boolean;
    }
  | { readonly kind: 'append-entry'; readonly type: string; readonly data: TemplateValue }
  | { readonly kind: 'set-session-name'; readonly name: Template }
  | { readonly kind: 'set-tools'; readonly on: readonly string[]; readonly off: readonly string[] }
  | { readonly kind: 'progress'; readonly text: Template }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: Template }
  | { readonly kind: 'abort' }
  | { readonly kind: 'compact'; readonly instructions: Template | null };

export type Action = { readonly at: Place } & (
  { readonly kind: 'do'; readonly actions: readonly Action[] } | Decision | Question | Effect
);

export type ActionKind = Action['kind'];
