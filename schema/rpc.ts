/**
 * Contracts and the envelope they share.
 *
 * | message  | shape                                                                 | direction        |
 * |----------|-----------------------------------------------------------------------|------------------|
 * | request  | `{ id, type, payload }`                                               | client to server |
 * | response | `{ id, ok: true, result }` or `{ id, ok: false, error }`              | server to client |
 * | event    | `{ type: "event", event, seq, timestamp, taskId?, payload }`          | server to client |
 *
 * A contract is a value; both sides' types follow from it. Responses may overtake each other; events don't.
 */
import { z } from 'zod';
import { wireError } from './errors';

export interface Method<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly params: P;
  readonly result: R;
}

/** One method of a contract. `params` is always an object. */
export const method = <P extends z.ZodType, R extends z.ZodType>(params: P, result: R): Method<P, R> => ({
  params,
  result,
});

export interface Contract {
  readonly methods: Readonly<Record<string, Method>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export type MethodName<C extends Contract> = keyof C['methods'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;

export type Params<C extends Contract, M extends MethodName<C>> = z.input<C['methods'][M]['params']>;
export type ParsedParams<C extends Contract, M extends MethodName<C>> = z.output<C['methods'][M]['params']>;
export type Result<C extends Contract, M extends MethodName<C>> = z.output<C['methods'][M]['result']>;
export type EventPayload<C extends Contract, E extends EventName<C>> = z.output<C['events'][E]>;

export interface CallOptions {
  /** Rejects with `DEADLINE_EXCEEDED` after this many `ms`; with `null`, waits as long as the connection lasts */
  readonly timeoutMs?: number | null;
  /** Rejects with `CANCELLED`; the server isn't notified */
  readonly signal?: AbortSignal;
}

/** The caller's view of a contract. */
export type Client<C extends Contract> = {
  readonly [M in MethodName<C>]: (params: Params<C, M>, options?: CallOptions) => Promise<Result<C, M>>;
};

/** The callee's view of a contract. Declare it as a typed constant first, or string literals widen. */
export type Handlers<C extends Contract> = {
  readonly [M in MethodName<C>]: (
    params: ParsedParams<C, M>,
    signal: AbortSignal,
  ) => Promise<z.input<C['methods'][M]['result']>>;
};

/** An event as its receiver sees it; `taskId` is set where the event belongs to a task. */
export type ContractEvent<C extends Contract> = {
  [E in EventName<C>]: {
    readonly event: E;
    readonly seq: number;
    readonly timestamp: number;
    readonly taskId?: string | undefined;
    readonly payload: EventPayload<C, E>;
  };
}[EventName<C>];

/** An event as its sender gives it; the server adds `seq` and `timestamp`. */
export type OutgoingEvent<C extends Contract> = {
  [E in EventName<C>]: {
    readonly event: E;
    readonly taskId?: string;
    readonly payload: z.input<C['events'][E]>;
  };
}[EventName<C>];

export const requestEnvelope = z.strictObject({
  id: z.string().min(1).max(128),
  type: z.string().min(1).max(64),
  payload: z.record(z.string(), z.unknown()),
});

export type RequestEnvelope = z.output<typeof requestEnvelope>;

export const responseEnvelope = z.union([
  z.strictObject({ id: z.string(), ok: z.literal(true), result: z.unknown() }),
  z.strictObject({ id: z.string(), ok: z.literal(false), error: wireError }),
]);

export const eventEnvelope = z.object({
  type: z.literal('event'),
  event: z.string(),
  /** Increases by one per event of a connection's server */
  seq: z.number().int().nonnegative(),
  /** Milliseconds since the epoch, by the sender's clock */
  timestamp: z.number(),
  taskId: z.string().optional(),
  payload: z.unknown(),
});
