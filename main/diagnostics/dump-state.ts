/** Everything that a bug report needs to know about a host: no keys, file contents or conversations. */
import { freemem, release, totalmem } from 'node:os';
import type { Snapshot } from '../../schema/snapshot';

export interface DumpFacts {
  readonly snapshot: Snapshot;
  /** taskd's own state, or why there is none */
  readonly guest: unknown;
  readonly logTail: readonly string[];
}

export function dumpState({ snapshot, guest, logTail }: DumpFacts): Record<string, unknown> {
  const { app, vm, tasks, providers, settings, setAside } = snapshot;
  return {
    at: new Date().toISOString(),
    app,
    machine: { platform: process.platform, release: release(), arch: process.arch, node: process.version },
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    vm,
    guest,
    // Questions contain the agent's words.
    tasks: tasks.map(({ dialogs, ...task }) => ({ ...task, dialogs: dialogs.length })),
    providers: providers.map(({ name, kind, api, hasKey, models }) => ({
      name,
      kind,
      api,
      hasKey,
      models: models.length,
    })),
    settings,
    setAside,
    logTail,
  };
}
