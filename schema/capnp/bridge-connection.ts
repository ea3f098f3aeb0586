/**
 * The contract of `schema/pi_api.capnp` over any wire of bytes.
 *
 *     // in the extension's process
 *     const served = serveBridge(wire, bridge);          // bridge: PiExtensionBridge, methods with plain objects
 *     // in the harness
 *     const { bridge, closed, close } = connectBridge(wire);
 *     await bridge.attach({ host, init });                // host: PiHost, methods with plain objects
 *     const response = await bridge.handleEvent(event, { deadlineMs: 2000, signal });
 *
 * A method fails only with `ContractError`. On the serving side the second argument contains a `signal` that fires when
 * the caller has cancelled or is gone. `closed` resolves with the reason and never rejects.
 */
import type { PiExtensionBridge } from '../generated/pi-api';
import { piExtensionBridgeInterface } from '../generated/pi-api-codec';
import type { ByteWire } from './byte-wire';
import { Connection } from './connection';
import type { ConnectionOptions } from './connection-link';
import type { ContractError } from './contract-error';

/** A served or used connection. */
export interface BridgeConnection {
  /** Why it ended; resolves once, never rejects */
  readonly closed: Promise<ContractError>;
  /** Ends it; running calls fail with `disconnected` */
  readonly close: () => void;
}

/** Serves a bridge to the harness at the other end of the wire. */
export function serveBridge(wire: ByteWire, bridge: PiExtensionBridge, options?: ConnectionOptions): BridgeConnection {
  const main = { descriptor: piExtensionBridgeInterface, implementation: bridge };
  const connection = new Connection(wire, main, options);
  return { closed: connection.closed, close: () => connection.close() };
}

/** The bridge at the other end of the wire. Calls may be made immediately. */
export function connectBridge(
  wire: ByteWire,
  options?: ConnectionOptions,
): BridgeConnection & { readonly bridge: PiExtensionBridge } {
  const connection = new Connection(wire, null, options);
  const bridge = connection.bootstrap(piExtensionBridgeInterface);
  return { bridge, closed: connection.closed, close: () => connection.close() };
}
