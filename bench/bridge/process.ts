/** The bridge's real process with Piwork's guard, and a host that answers immediately. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bridgeNodeFlags } from '../../schema/bridge-command';
import { connectBridge } from '../../schema/capnp/bridge-connection';
import type { ByteWire } from '../../schema/capnp/byte-wire';
import { streamWire } from '../../schema/capnp/stream-wire';
import { ContractError } from '../../schema/capnp/contract-error';
import { protocolVersion, type PiEvent, type PiExtensionBridge, type PiHost } from '../../schema/generated/pi-api';

const bundles = 'dist/guest';

export interface BridgeProcess {
  readonly child: ChildProcess;
  readonly bridge: PiExtensionBridge;
  /** Since the start, by direction */
  readonly bytes: { sent: number; received: number };
  end(): void;
}

const silentHost = new Proxy({} as PiHost, {
  get: () => () => Promise.reject(new ContractError('unimplemented', 'there is nobody to ask here')),
});

/** Counts the bytes of a wire. */
function counted(wire: ByteWire, bytes: BridgeProcess['bytes']): ByteWire {
  return {
    ...wire,
    write: (data) => {
      bytes.sent += data.byteLength;
      wire.write(data);
    },
    onData: (listener) =>
      wire.onData((data) => {
        bytes.received += data.byteLength;
        listener(data);
      }),
  };
}

/** The process is started, attached and described. */
export async function startBridge(cwd: string): Promise<BridgeProcess> {
  const child = spawn(process.execPath, [...bridgeNodeFlags, join(bundles, 'bridge.cjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const bytes = { sent: 0, received: 0 };
  const { bridge, close } = connectBridge(counted(streamWire(child.stdout, child.stdin), bytes));
  await bridge.attach({
    host: silentHost,
    init: {
      ...{ sessionId: 'bench', cwd, folders: { work: cwd }, settings: [] },
      limits: { eventMs: 30_000, toolMs: 600_000, maximumCallsUnderWay: 256, maximumFrameBytes: 8_388_608 },
      behaviourFiles: [{ name: 'guard.edn', text: readFileSync(join(bundles, 'guard.edn'), 'utf8') }],
    },
  });
  await bridge.describe({
    ...{ protocolVersion, harness: 'pi', harnessVersion: 'bench', mode: 'rpc', hasUi: false, capabilities: [] },
  });
  const end = (): void => {
    close();
    child.kill('SIGKILL');
  };
  return { child, bridge, bytes, end };
}

/** A call that the guard reads and allows. */
export const toolCall = (seq: number): PiEvent => ({
  header: {
    ...{ protocolVersion, seq, sessionId: 'bench', harness: 'pi' },
    ...{ correlationId: `call-${seq}`, deadlineMs: 2000, atMs: 0 },
  },
  which: 'toolCall',
  toolCall: { toolCallId: `call-${seq}`, toolName: 'bash', inputJson: '{"command":"grep -rn TODO src | head -20"}' },
});
