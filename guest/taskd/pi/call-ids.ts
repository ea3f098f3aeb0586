/**
 * Our own ids for tool calls. Pure. Models leave ids out, number their calls from the start in each answer, or give ten
 * calls one id. The id that pi uses only says which of the open calls a record refers to.
 */

interface Call {
  /** Our own id, unique within the process */
  readonly id: string;
  /** The model's or pi's id; it may be empty or not unique */
  readonly piId: string;
  /** Place in the message, if pi reports it */
  readonly contentIndex: number | undefined;
}

interface Running extends Call {
  /** Output reported so far */
  readonly output: string;
}

export interface Calls {
  readonly generation: number;
  readonly count: number;
  /** Calls of the message that is being streamed */
  readonly announced: readonly Call[];
  /** Calls of the message that has ended; they begin in this order */
  readonly waiting: readonly Call[];
  readonly running: readonly Running[];
}

/** A call among the parts of a message that has ended */
export interface CallPart {
  readonly piId: string;
  readonly contentIndex: number;
}

export const noCalls = (generation: number): Calls => ({
  ...{ generation, count: 0 },
  ...{ announced: [], waiting: [], running: [] },
});

const without = <T>(list: readonly T[], one: T): readonly T[] => list.filter((other) => other !== one);

function newCall(calls: Calls, piId: string, contentIndex?: number): readonly [Calls, Call] {
  const count = calls.count + 1;
  return [
    { ...calls, count },
    { id: `t${calls.generation}-${count}`, piId, contentIndex },
  ];
}

/** The model's call is complete. */
export function announceCall(
  calls: Calls,
  { piId, contentIndex }: { readonly piId: string; readonly contentIndex: number | undefined },
): readonly [Calls, string] {
  const [next, call] = newCall(calls, piId, contentIndex);
  return [{ ...next, announced: [...next.announced, call] }, call.id];
}

/**
 * The message is complete, and its calls are about to run. Their present ids count: the extension may have changed
 * them. Returns the calls that weren't announced, by their index among the parts.
 */
export function endCallMessage(calls: Calls, parts: readonly CallPart[] | null): readonly [Calls, Map<number, string>] {
  const found = new Map<number, string>();
  let next: Calls = { ...calls, announced: [] };
  if (parts === null) return [{ ...next, waiting: calls.announced }, found];
  let left = calls.announced;
  const waiting: Call[] = [];
  for (const part of parts) {
    const known =
      left.find(({ contentIndex }) => contentIndex === part.contentIndex) ??
      left.find(({ contentIndex, piId }) => contentIndex === undefined && piId === part.piId);
    if (known) {
      left = without(left, known);
      waiting.push({ ...known, piId: part.piId });
      continue;
    }
    const [counted, call] = newCall(next, part.piId, part.contentIndex);
    next = counted;
    waiting.push(call);
    found.set(part.contentIndex, call.id);
  }
  return [{ ...next, waiting }, found];
}

/** A call begins: the first that waits under this id, or one that wasn't announced. */
export function startCall(calls: Calls, piId: string): readonly [Calls, string] {
  const known = calls.waiting.find((call) => call.piId === piId);
  const [next, call] = known ? [{ ...calls, waiting: without(calls.waiting, known) }, known] : newCall(calls, piId);
  return [{ ...next, running: [...next.running, { ...call, output: '' }] }, call.id];
}

/** The running call with this id; of several, the one that began first. */
export const runningCall = (calls: Calls, piId: string): Running | undefined =>
  calls.running.find((call) => call.piId === piId);

/** The call has printed this so far. */
export const keepOutput = (calls: Calls, call: Running, output: string): Calls => ({
  ...calls,
  running: calls.running.map((other) => (other === call ? { ...call, output } : other)),
});

/** The call has ended. */
export const endCall = (calls: Calls, call: Running): Calls => ({ ...calls, running: without(calls.running, call) });

/** Nothing runs after this. */
export const endAllCalls = (calls: Calls): Calls => ({ ...calls, announced: [], waiting: [], running: [] });
