/** Reads each thing once at a time: a second request for it while it is being read is dropped. */
import { RpcError } from '../../schema/errors';
import { describeError } from './attempt';

export interface SingleReader {
  isReading(key: string): boolean;
  /** `onProblem` takes what went wrong, in words */
  read(key: string, read: () => Promise<void>, onProblem: (problem: string) => void): Promise<void>;
}

/** `check` runs after each read: something may have become stale in the meantime. */
export function createSingleReader(check: () => void): SingleReader {
  const inProgress = new Set<string>();
  return {
    isReading: (key) => inProgress.has(key),
    read: async (key, read, onProblem) => {
      if (inProgress.has(key)) return;
      inProgress.add(key);
      try {
        await read();
      } catch (error) {
        // A lost connection has its own banner, and everything is read again after it.
        if (error instanceof RpcError && error.code === 'DISCONNECTED') return;
        onProblem(describeError(error));
      } finally {
        inProgress.delete(key);
      }
      check();
    },
  };
}
