/** A visit to the daemon: connects, says which session it is for, and leaves. */
import { connectBridge } from '../../../../schema/capnp/bridge-connection';
import { ContractError } from '../../../../schema/capnp/contract-error';
import { servingOnly, withDefaults } from '../../../../schema/capnp/with-defaults';
import type { PiExtensionBridge, PiHost, UiAction } from '../../../../schema/generated/pi-api';
import { bridgeInitCodec, limitsCodec } from '../../../../schema/generated/pi-api-codec';
import { connectUnix } from '../../../wire/node-wire';
import { HarnessSession } from '../../harness-session';
import { triedVersion, tuiCarrier } from '../capabilities';
import type { Whose } from './live-sessions';

export interface Visit {
  readonly session: HarnessSession;
  readonly bridge: PiExtensionBridge;
  /** What the bridge has shown so far */
  readonly shown: readonly UiAction[];
  readonly closed: Promise<ContractError>;
  readonly leave: () => void;
}

/**
 * @param shows names of this visitor's capabilities: `notify`, `status`
 * @throws ContractError `notReady` when there is no daemon, with what to do
 */
export async function visitDaemon(socket: string, whose: Whose, shows: readonly string[]): Promise<Visit> {
  const wire = await connectUnix(socket).catch((cause: unknown) => {
    throw new ContractError('notReady', "The bridge isn't running. Start it with `vtcode.cjs daemon`.", { cause });
  });
  const { bridge, closed, close } = connectBridge(wire);
  const shown: UiAction[] = [];
  const host = servingOnly<PiHost>({
    uiAction: (action) => {
      shown.push(action);
      return Promise.resolve({ which: 'done' });
    },
  });
  const init = withDefaults(bridgeInitCodec, { ...whose, limits: withDefaults(limitsCodec, {}) });
  const carrier = { ...tuiCarrier, capabilities: shows };
  try {
    const session = await HarnessSession.open({
      ...{ bridge, host, init, carrier, harnessVersion: triedVersion },
      hasUi: false,
    });
    return { session, bridge, shown, closed, leave: close };
  } catch (error) {
    close();
    throw error;
  }
}
