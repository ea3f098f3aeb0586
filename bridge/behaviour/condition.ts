/** What a rule tests about an event, as plain data. */
import type { ActKind } from './vocabulary/acts';
import type { CounterName, CountScope } from './vocabulary/counters';
import type { GlobPattern } from './pattern/glob';
import type { RegexPattern } from './pattern/regex';
import type { Place } from './source/problem';

export type Comparison = 'over' | 'under' | 'at-least' | 'at-most' | 'exactly';

/** One number test: `{:over 20}` */
export interface Bound {
  readonly comparison: Comparison;
  readonly value: number;
}

/** The tests of one field. A missing field passes only `exists: false`. */
export type Test =
  | { readonly kind: 'equals'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'matches'; readonly patterns: readonly RegexPattern[] }
  | { readonly kind: 'glob'; readonly patterns: readonly GlobPattern[] }
  | { readonly kind: 'contains' | 'starts-with' | 'ends-with'; readonly texts: readonly string[] }
  | { readonly kind: 'longer-than'; readonly characters: number }
  | { readonly kind: 'exists'; readonly value: boolean }
  | { readonly kind: 'number'; readonly bound: Bound };

/** Folders that have a name in behaviour files. */
export const namedFolders = ['folder', 'outputs', 'uploads', 'temp'] as const;

/** A named folder, or an absolute path in the sandbox. */
export type FolderRef = { readonly named: (typeof namedFolders)[number] } | { readonly path: string };

/**
 * `inside`: there is a path, and every path is in one of the folders; `outside`: some path is in none of them; `glob`:
 * some path matches.
 */
export type PathTest =
  | { readonly kind: 'inside' | 'outside'; readonly folders: readonly FolderRef[] }
  | { readonly kind: 'glob'; readonly patterns: readonly GlobPattern[] };

/** Facts that are computed before the rules are evaluated, and are true or false. */
export const flagFacts = ['privileged', 'network', 'long-running'] as const;

export type FlagFact = (typeof flagFacts)[number];

export interface ActsTest {
  /** One of these kinds; empty: any */
  readonly kinds: readonly ActKind[];
  /** The act's path must pass all of these */
  readonly paths: readonly PathTest[];
  /** How many files all such acts affect together; `null`: one act is enough */
  readonly bound: Bound | null;
}

export type Condition = { readonly at: Place } & (
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'field'; readonly field: string; readonly tests: readonly Test[] }
  | { readonly kind: 'tool'; readonly names: readonly GlobPattern[] }
  | { readonly kind: 'path'; readonly tests: readonly PathTest[] }
  | { readonly kind: 'acts'; readonly test: ActsTest }
  | { readonly kind: 'fact'; readonly fact: FlagFact; readonly value: boolean }
  | {
      readonly kind: 'count';
      readonly of: CounterName;
      readonly per: CountScope;
      readonly tool: string | null;
      readonly bound: Bound;
    }
);
