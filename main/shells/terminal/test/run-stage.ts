/** A run of `runCommand` with a host and a terminal controlled by the test. */
import type { RunEnding } from '../../../../schema/run-ending';
import { runCommand, type RunRequest } from '../run-command';
import { playHost, taskId, type PlayedHost } from './played-host';
import { playTerminal, type PlayedTerminal } from './played-terminal';

export const plainRequest: RunRequest = {
  ...{ folder: null, model: null, isJson: false, reviewsChanges: false, allow: [] },
  prompt: 'Summarise this folder',
};

const endOf = (isAborted: boolean, problem: string | null): RunEnding => {
  if (isAborted) return 'stopped';
  return problem === null ? 'answered' : 'failed';
};

export interface RunStage {
  readonly host: PlayedHost;
  readonly terminal: PlayedTerminal;
  /** Starts a run and waits for its prompt; returns a promise of its exit code, and the prompt's id. */
  begin(change?: Partial<RunRequest>): Promise<{ ended: Promise<number>; promptId: string }>;
  settle(promptId: string, end?: { isAborted?: boolean; problem?: string; ending?: RunEnding }): void;
  /** Ends the host, and checks that nothing waits for Ctrl-C any longer. */
  end(): void;
}

export function setRunStage(): RunStage {
  const host = playHost();
  const terminal = playTerminal();
  return {
    ...{ host, terminal },
    begin: async (change = {}) => {
      const ended = runCommand(host.connection, { ...plainRequest, ...change }, terminal);
      return { ended, promptId: await host.prompted };
    },
    settle: (promptId, { isAborted = false, problem = null as string | null, ending } = {}) =>
      host.emit({
        event: 'task.settled',
        payload: { taskId, promptId, ending: ending ?? endOf(isAborted, problem), isAborted, problem },
      }),
    end: () => {
      expect(terminal.waiting).toBe(0);
      host.end();
    },
  };
}

/** Events and answers cross the pair on microtasks. */
export const passOn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
