/** What is known at the place of a rule, a command or a tool: which fields exist, and which actions are allowed. */
import type { GlobPattern } from '../pattern/glob';
import type { RegexPattern } from '../pattern/regex';
import type { Limits } from '../table';
import type { ActionKind } from '../action';
import { events, type EventName, type FieldKind } from '../vocabulary/events';

export type NamedPattern = RegexPattern | { readonly kind: 'globs'; readonly patterns: readonly GlobPattern[] };

/** What all files of a behaviour share. */
export interface Shared {
  readonly limits: Limits;
  readonly patterns: ReadonlyMap<string, NamedPattern>;
  /** Names of the flags that the behaviour declares */
  readonly flags: readonly string[];
}

export type Site =
  | { readonly kind: 'events'; readonly names: readonly EventName[] }
  | { readonly kind: 'tool' | 'command' | 'shortcut' };

export interface Scope extends Shared {
  readonly site: Site;
  readonly fields: ReadonlyMap<string, FieldKind>;
  /** Fields that an earlier action provides: `answer`, `shell.output`, … */
  readonly given: Set<string>;
}

const everywhere: Readonly<Record<string, FieldKind>> = {
  event: 'text',
  harness: 'text',
  'session.id': 'text',
  'session.name': 'text',
  folder: 'text',
  'count.tool-calls': 'number',
};

const routineFields: Readonly<Record<'tool' | 'command' | 'shortcut', Readonly<Record<string, FieldKind>>>> = {
  tool: { tool: 'text', 'call.id': 'text', input: 'json' },
  command: { command: 'text', arguments: 'text' },
  shortcut: { key: 'text' },
};

/** Fields that all of the events have with the same kind. */
function commonFields(names: readonly EventName[]): readonly (readonly [string, FieldKind])[] {
  const [first, ...others] = names.map((name): Readonly<Record<string, FieldKind>> => events[name].fields);
  return Object.entries(first ?? {}).filter(([field, kind]) => others.every((fields) => fields[field] === kind));
}

/** The scope of a rule or a routine. */
export function scopeAt(shared: Shared, site: Site): Scope {
  const own = site.kind === 'events' ? commonFields(site.names) : Object.entries(routineFields[site.kind]);
  const flags = shared.flags.map((name) => [`flag.${name}`, 'text'] as const);
  return { ...shared, site, given: new Set(), fields: new Map([...Object.entries(everywhere), ...own, ...flags]) };
}

/** The kind of a field; `null` when there is none. Below a json field any name is allowed. */
export function fieldKind(scope: Scope, field: string): FieldKind | null {
  const known = scope.fields.get(field);
  if (known !== undefined) return known;
  if (scope.given.has(field)) return 'text';
  const [top] = field.split('.', 1);
  const isBelow = top !== undefined && field.length > top.length + 1 && scope.fields.get(top) === 'json';
  return isBelow && !field.split('.').includes('') ? 'json' : null;
}

/** The names of all fields, for suggestions. */
export const fieldNames = (scope: Scope): readonly string[] => [...scope.fields.keys(), ...scope.given];

const waiting: ReadonlySet<ActionKind> = new Set(['confirm', 'select', 'input', 'editor', 'ask-act']);
const decisions: ReadonlySet<ActionKind> = new Set([
  'block',
  'allow',
  'ask-act',
  'patch-input',
  'change-result',
  'add-context',
  'add-resources',
  'continue',
]);

/** Actions that are allowed in only one place. */
const homes: Partial<Readonly<Record<ActionKind, { readonly site: Site['kind']; readonly words: string }>>> = {
  reply: { site: 'tool', words: ':Tools' },
  progress: { site: 'tool', words: ':Tools' },
  'run-tool': { site: 'tool', words: ':Tools' },
  session: { site: 'command', words: ':Commands' },
};

/** Why an action isn't allowed here, or `null`. */
export function actionProblem(scope: Scope, kind: ActionKind): string | null {
  const { site } = scope;
  const home = homes[kind];
  if (home !== undefined) return site.kind === home.site ? null : `(${kind} …) is only for ${home.words}`;
  if (site.kind !== 'events')
    return decisions.has(kind) ? `(${kind} …) answers an event, and ${siteWords(site)} has no event` : null;
  for (const name of site.names) {
    const entry = events[name];
    const taken: readonly ActionKind[] = entry.decisions;
    if (decisions.has(kind) && !taken.includes(kind)) {
      const words =
        taken.length > 0 ? `it takes ${taken.map((word) => `(${word} …)`).join(', ')}` : 'nothing answers it';
      return `(${kind} …) doesn't go with :${name}, a ${entry.class}; ${words}`;
    }
    if (waiting.has(kind) && entry.class === 'notification') {
      return `(${kind} …) waits for an answer, but :${name} is a notification and doesn't wait`;
    }
  }
  return null;
}

function siteWords(site: Site): string {
  return site.kind === 'events' ? 'a rule' : `a ${site.kind}`;
}
