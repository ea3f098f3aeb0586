/** Combines one connection's snapshot and events, in order and without a gap. */
import type { AppApi } from '../../schema/app-api';
import { RpcError } from '../../schema/errors';
import type { Connection } from '../../schema/rpc-client';
import { updateHost, type AppStore } from '../store/app-store';
import { applySnapshot, type AppEvent } from '../store/host-state';
import type { EventQueue } from './event-queue';

export interface Sync {
  /** Reads the first snapshot; `onSynced` runs after it and after each later one */
  start(onSynced: () => void): void;
  hasSynced(): boolean;
}

export interface SyncOptions {
  readonly connection: Connection<AppApi>;
  readonly store: AppStore;
  readonly queue: EventQueue;
  readonly now: () => number;
}

/** Joins a connection's events to its snapshot. An answer that isn't a snapshot ends the connection. */
export function createSync({ connection, store, queue, now }: SyncOptions): Sync {
  let lastSeq: number | null = null;
  let hasSynced = false;
  let isGapWhileReading = false;
  let notify: () => void = () => undefined;
  /** Events that arrived while a snapshot was read; `null` while none is being read */
  let waiting: AppEvent[] | null = null;

  const read = async (): Promise<void> => {
    waiting = [];
    isGapWhileReading = false;
    try {
      const snapshot = await connection.client['app.snapshot']({});
      queue.flush();
      updateHost(store, (host) => applySnapshot(host, snapshot, now()));
      const later: AppEvent[] = waiting.filter((event) => event.seq > snapshot.seq);
      waiting = null;
      lastSeq ??= snapshot.seq;
      later.forEach((event) => queue.push(event));
      hasSynced = true;
      notify();
      if (gapWhileReading()) void read();
    } catch (error) {
      // Closing starts the next attempt; a connection that is already closed ignores it.
      const isClosed = error instanceof RpcError && error.code === 'DISCONNECTED';
      if (!isClosed) console.warn('The snapshot could not be read', error);
      connection.dispose();
    }
  };

  const gapWhileReading = (): boolean => isGapWhileReading;

  connection.onEvent((event) => {
    const isNext = lastSeq === null || event.seq === lastSeq + 1;
    lastSeq = event.seq;
    if (waiting) {
      isGapWhileReading ||= !isNext;
      waiting.push(event);
    } else if (isNext) queue.push(event);
    else void read();
  });

  return {
    hasSynced: () => hasSynced,
    start: (onSynced) => {
      notify = onSynced;
      void read();
    },
  };
}
