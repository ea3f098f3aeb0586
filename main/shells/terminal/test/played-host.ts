/**
 * A host with one task, simulated over a linked pair: it records the calls, and sends the events that the test chooses.
 */
import { appApi, type AppApi } from '../../../../schema/app-api';
import type { Artifact } from '../../../../schema/artifacts';
import type { Snapshot } from '../../../../schema/snapshot';
import { RpcError } from '../../../../schema/errors';
import type { Handlers, MethodName, OutgoingEvent } from '../../../../schema/rpc';
import { connect, type Connection } from '../../../../schema/rpc-client';
import { serve } from '../../../../schema/rpc-server';
import { memoryPair } from '../../../../schema/transports/memory';

export const taskId = 'task-1';
export const usage = { input: 10, output: 5, cacheRead: 0, cacheWrite: 0, cost: 0 };

type Payloads = Readonly<Record<string, unknown>>;

export interface PlayedHost {
  readonly connection: Connection<AppApi>;
  /** Each call that changes something, in order */
  readonly calls: readonly (readonly [MethodName<AppApi>, Payloads])[];
  /** Resolves with the prompt's id when a prompt has arrived */
  readonly prompted: Promise<string>;
  artifacts: readonly Artifact[];
  /** Set to refuse the prompt with this text */
  refusal: string | null;
  emit(event: OutgoingEvent<AppApi>): void;
  /** Ends the host, as a crash would. */
  end(): void;
}

export function playHost(): PlayedHost {
  const [near, far] = memoryPair();
  const calls: [MethodName<AppApi>, Payloads][] = [];
  let accept = (_promptId: string): void => undefined;
  const prompted = new Promise<string>((resolve) => (accept = resolve));
  const record = (name: MethodName<AppApi>) => (params: Payloads) => {
    calls.push([name, params]);
    return Promise.resolve({});
  };
  const handlers: Partial<Handlers<AppApi>> = {
    'app.snapshot': () =>
      Promise.resolve({ app: { stateFolder: '/state' }, tasks: [{ taskId, usage }] } as unknown as Snapshot),
    'task.create': async (params) => {
      await record('task.create')(params);
      return { taskId };
    },
    'task.prompt': async (params) => {
      await record('task.prompt')(params);
      if (host.refusal !== null) throw new RpcError('VM_FAILED', host.refusal);
      accept(params.promptId);
      return {};
    },
    'task.stop': record('task.stop'),
    'task.answer': record('task.answer'),
    'approval.answer': record('approval.answer'),
    'artifact.list': () => Promise.resolve({ artifacts: [...host.artifacts] }),
  };
  const served = serve(appApi, handlers as Handlers<AppApi>, far);
  const host: PlayedHost = {
    connection: connect(appApi, near, { isPeerTrusted: true }),
    ...{ calls, prompted, artifacts: [], refusal: null },
    emit: (event) => served.emit(event),
    end: () => served.dispose(),
  };
  return host;
}
