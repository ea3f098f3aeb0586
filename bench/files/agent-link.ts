/** The bench's agent in the guest, over the control port. */
import type { Socket } from 'node:net';
import { z } from 'zod';
import { jsonlTransport } from '../../schema/transports/jsonl-stream';

const said = z.union([
  z.object({ parked: z.literal(true) }),
  z.object({ id: z.number(), error: z.string() }),
  z.object({ id: z.number(), result: z.unknown() }),
]);

export interface AgentLink {
  /** Resolves when the agent waits for requests; cold boot only */
  readonly parked: Promise<void>;
  /** @throws Error with what the agent says, or when it doesn't answer for minutes */
  ask<T>(action: string, parameters: Readonly<Record<string, unknown>>, result: z.ZodType<T>): Promise<T>;
  /** Sends a message during a request */
  tell(message: unknown): void;
}

/** Kernels wait forever for file servers. */
const deadlineMs = 240_000;

interface Call {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

async function withDeadline<T>(answer: Promise<T>, action: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the guest doesn't answer ${action}`)), deadlineMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

export function openAgentLink(socket: Socket): AgentLink {
  const transport = jsonlTransport(socket);
  const calls = new Map<number, Call>();
  let last = 0;
  let closedBecause: string | null = null;
  const parked = new Promise<void>((resolve, reject) => {
    transport.onMessage((message) => {
      const parsed = said.parse(message);
      if ('parked' in parsed) return resolve();
      const call = calls.get(parsed.id);
      calls.delete(parsed.id);
      if ('error' in parsed) call?.reject(new Error(`in the guest: ${parsed.error}`));
      else call?.resolve(parsed.result);
    });
    transport.onClose((reason) => {
      closedBecause = reason;
      const error = new Error(`the guest is gone: ${reason}`);
      for (const call of calls.values()) call.reject(error);
      reject(error);
    });
  });
  // Only a cold boot waits for it.
  parked.catch(() => undefined);
  return {
    parked,
    tell: (message) => transport.send(message),
    ask: async (action, parameters, result) => {
      if (closedBecause !== null) throw new Error(`the guest is gone: ${closedBecause}`);
      const id = ++last;
      const answer = new Promise<unknown>((resolve, reject) => calls.set(id, { resolve, reject }));
      transport.send({ id, do: action, with: parameters });
      return result.parse(await withDeadline(answer, action));
    },
  };
}
