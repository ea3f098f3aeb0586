/**
 * Structured-clone messages over a port: a worker thread's, or one half of a MessageChannel.
 *
 * A port in a field of a message's `payload` moves to the other side with the message.
 */
import { z } from 'zod';
import { TransportCore, type Transport } from '../transport';

/** The parts of a Node MessagePort or Worker that this uses. */
export interface PortLike {
  postMessage(message: unknown, transfer?: readonly never[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close' | 'exit' | 'error', listener: (detail: unknown) => void): unknown;
}

/** One half of a MessageChannel. */
export interface ChannelPort extends PortLike {
  close(): void;
}

// Anything else with a function couldn't be sent at all.
const isChannelPort = (value: unknown): value is ChannelPort =>
  typeof value === 'object' && value !== null && 'postMessage' in value && typeof value.postMessage === 'function';

/** A message field that contains a port. */
export const channelPort = z.custom<ChannelPort>(isChannelPort);

function portsIn(message: unknown): readonly ChannelPort[] {
  if (typeof message !== 'object' || message === null || !('payload' in message)) return [];
  const { payload } = message;
  return typeof payload === 'object' && payload !== null ? Object.values(payload).filter(isChannelPort) : [];
}

/** `end` runs when our side closes: it closes the port, or terminates the worker. */
export function messagePortTransport(port: PortLike, end: () => void): Transport {
  const core = new TransportCore();
  port.on('message', (message) => core.receive(message));
  port.on('close', () => core.markClosed('the port was closed'));
  port.on('exit', () => core.markClosed('the worker stopped unexpectedly'));
  port.on('error', (error) => core.markClosed(`the worker failed: ${String(error)}`));
  return {
    send: (message) => {
      // Node's type for the list can't be named here.
      if (!core.isClosed) port.postMessage(message, portsIn(message) as readonly never[]);
    },
    onMessage: (listener) => core.onMessage(listener),
    onClose: (listener) => core.onClose(listener),
    close: (reason = 'closed') => {
      if (core.markClosed(reason)) end();
    },
  };
}
