/** What is counted for rules, and the pure function that counts. */

/** As behaviour files write them: `{:count {:of :tool-calls :over 20 :per :turn}}` */
export const counterNames = [
  'tool-calls',
  'same-calls',
  'errors',
  'blocks',
  'questions',
  'denials',
  'replies',
] as const;

export type CounterName = (typeof counterNames)[number];

export const countScopes = ['turn', 'session'] as const;

export type CountScope = (typeof countScopes)[number];

/** Counters of one scope; `byTool` counts tool calls by the tool's name. */
export interface CountSet {
  readonly totals: Readonly<Record<CounterName, number>>;
  readonly byTool: Readonly<Record<string, number>>;
  /** The last call's tool and input as one text, and how often it came in a row */
  readonly lastCall: string;
}

export type Counts = Readonly<Record<CountScope, CountSet>>;

const noCounts: CountSet = {
  totals: { 'tool-calls': 0, 'same-calls': 0, errors: 0, blocks: 0, questions: 0, denials: 0, replies: 0 },
  byTool: {},
  lastCall: '',
};

/** The counts at the start. */
export const emptyCounts: Counts = { turn: noCounts, session: noCounts };

/** What can be counted. A tool call is counted before its rules are evaluated. */
export type Countable =
  | { readonly kind: 'reply' | 'error' | 'block' | 'question' | 'denial' }
  | { readonly kind: 'tool-call'; readonly tool: string; readonly input: string };

const counterOf = {
  reply: 'replies',
  error: 'errors',
  block: 'blocks',
  question: 'questions',
  denial: 'denials',
} as const;

function addTo(set: CountSet, thing: Countable): CountSet {
  if (thing.kind !== 'tool-call') {
    const name = counterOf[thing.kind];
    return { ...set, totals: { ...set.totals, [name]: set.totals[name] + 1 } };
  }
  const call = `${thing.tool} ${thing.input}`;
  const isSame = call === set.lastCall;
  const totals = {
    ...set.totals,
    'tool-calls': set.totals['tool-calls'] + 1,
    'same-calls': isSame ? set.totals['same-calls'] + 1 : 1,
  };
  const calls = Object.hasOwn(set.byTool, thing.tool) ? (set.byTool[thing.tool] ?? 0) : 0;
  return { totals, byTool: { ...set.byTool, [thing.tool]: calls + 1 }, lastCall: call };
}

/** The counts when a prompt starts a new turn: the session's continue, the turn's start again. */
export const startTurn = (counts: Counts): Counts => ({ ...counts, turn: noCounts });

/** The counts after one more item. */
export function count(counts: Counts, thing: Countable): Counts {
  return { turn: addTo(counts.turn, thing), session: addTo(counts.session, thing) };
}
