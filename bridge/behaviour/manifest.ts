/** What an extension offers, as plain data; the contract's `ExtensionManifest` is made from it. */
import type { JsonValue } from './action';
import type { EventClass, EventName } from './vocabulary/events';

export interface ToolEntry {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** A line for the system prompt; `''`: none */
  readonly promptSnippet: string;
  readonly promptGuidelines: readonly string[];
  /** JSON Schema of the input */
  readonly parameters: JsonValue;
  readonly isReadOnly: boolean;
  readonly isDestructive: boolean;
  readonly runsAlone: boolean;
}

export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  /** Completions for its argument */
  readonly completions: readonly string[];
}

export interface ShortcutEntry {
  readonly key: string;
  readonly description: string;
}

export interface FlagEntry {
  readonly name: string;
  readonly description: string;
  readonly default: boolean | string;
}

export interface EventSubscription {
  readonly name: EventName;
  readonly class: EventClass;
  /** The time for an answer, including every question that a rule may ask; milliseconds */
  readonly deadlineMs: number;
}

export interface ExtensionManifest {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly tools: readonly ToolEntry[];
  readonly commands: readonly CommandEntry[];
  readonly shortcuts: readonly ShortcutEntry[];
  readonly flags: readonly FlagEntry[];
  readonly events: readonly EventSubscription[];
}
