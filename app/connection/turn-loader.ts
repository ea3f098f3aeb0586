/** Reads what the shown task's turns changed, live while the agent works and at a pace that the page can follow. */
import { RpcError } from '../../schema/errors';
import type { Disposable } from '../../schema/transport';
import type { App } from '../app-context';
import { describeError } from '../attempt';
import { expandedKey } from '../features/conversation/expanded';
import { allChanges, isOpenAtFirst } from '../features/changes/turns';
import { updateHost, updateUi, type AppState } from '../store/app-store';
import { changesRead, turnsRead } from '../store/task-content';
import { areChangesStale, versionOf, wholeTask, type TurnsState } from '../store/turns-state';
import type { ReadCompare } from '../store/ui-state';
import { isAtLeast } from '../ui/media';
import type { Scheduler } from './scheduler';

/** Between two readings of the same, in `ms` */
const paceMs = 350;
/** A reading that takes long is done less often: so many times its duration passes between two */
const restFactor = 3;

/** Starts reading, now and at each change of the store, until disposed. */
export function startTurnLoader(app: App, scheduler: Pick<Scheduler, 'now' | 'after'>): Disposable {
  const underWay = new Set<string>();
  const notBefore = new Map<string, number>();
  const waiting = new Map<string, Disposable>();

  const wait = (key: string, delayMs: number): void => {
    if (waiting.has(key)) return;
    const again = (): void => {
      waiting.delete(key);
      check(app.store.getState());
    };
    waiting.set(key, scheduler.after(delayMs, again));
  };

  const readPaced = async (key: string, taskId: string, read: () => Promise<void>): Promise<void> => {
    if (underWay.has(key)) return;
    const now = scheduler.now();
    const allowedAt = notBefore.get(key) ?? 0;
    if (allowedAt > now) return wait(key, allowedAt - now);
    underWay.add(key);
    try {
      await read();
    } catch (error) {
      // A lost connection is told by its own banner, and everything is read again after it.
      if (error instanceof RpcError && error.code === 'DISCONNECTED') return;
      updateUi(app.store, (ui) => ({ readProblems: { ...ui.readProblems, [taskId]: describeError(error) } }));
    } finally {
      underWay.delete(key);
      const durationMs = scheduler.now() - now;
      notBefore.set(key, now + Math.max(paceMs, durationMs * (1 + restFactor)));
    }
    // Something may have become stale while it was read.
    check(app.store.getState());
  };

  const readTurns = async (taskId: string, version: number): Promise<void> => {
    const { turns } = await app.client['turn.list']({ taskId });
    updateHost(app.store, (host) => turnsRead(host, taskId, { turns, version }));
  };

  const readChanges = async (taskId: string, turn: number, readVersion: number): Promise<void> => {
    const read = await app.client['turn.changes']({ taskId, turn: turn === wholeTask ? null : turn });
    updateHost(app.store, (host) => changesRead(host, taskId, { turn, ...read, readVersion }));
  };

  const readCompare = async (wanted: Pick<ReadCompare, 'taskId' | 'turn' | 'changeId' | 'version'>): Promise<void> => {
    const { taskId, turn, changeId } = wanted;
    try {
      const { before, after } = await app.client['turn.compare']({ taskId, turn, changeId });
      updateUi(app.store, { compare: { ...wanted, before, after, problem: null } });
    } catch (error) {
      if (error instanceof RpcError && error.code === 'DISCONNECTED') throw error;
      updateUi(app.store, { compare: { ...wanted, before: null, after: null, problem: describeError(error) } });
    }
  };

  const checkCompare = (taskId: string, turns: TurnsState, { ui }: AppState): void => {
    if (!ui.compared) return;
    const { turn, changeId } = ui.compared;
    const { compare } = ui;
    const isRead = compare?.taskId === taskId && compare.turn === turn && compare.changeId === changeId;
    if (isRead && compare.version === turns.version) return;
    const wanted = { taskId, turn, changeId, version: turns.version };
    void readPaced(`compare ${taskId} ${turn} ${changeId}`, taskId, () => readCompare(wanted));
  };

  const check = (state: AppState): void => {
    const { host, ui } = state;
    const taskId = ui.selectedTaskId;
    if (taskId === null || ui.connection.kind !== 'open' || ui.readProblems[taskId] !== undefined) return;
    const turns = host.turns[taskId];
    if (!turns || !host.tasks[taskId]) return;
    if (turns.listedVersion !== turns.version) {
      void readPaced(`turns ${taskId}`, taskId, () => readTurns(taskId, turns.version));
    }
    for (const turn of wantedTurns(taskId, turns, ui)) {
      if (!areChangesStale(turns, turn)) continue;
      void readPaced(`changes ${taskId} ${turn}`, taskId, () => readChanges(taskId, turn, versionOf(turns, turn)));
    }
    checkCompare(taskId, turns, state);
  };

  const unsubscribe = app.store.subscribe(check);
  check(app.store.getState());
  return {
    dispose: () => {
      unsubscribe();
      for (const delay of waiting.values()) delay.dispose();
      waiting.clear();
    },
  };
}

/** Turns whose files are shown: those that are open in the panel, and the one that is compared. */
function wantedTurns(taskId: string, { turns }: TurnsState, ui: AppState['ui']): readonly number[] {
  const isListShown = isAtLeast('wide') ? ui.isPanelOpen : ui.isDrawerOpen;
  const isOpen = (turn: number): boolean =>
    ui.expanded[expandedKey(taskId, `turn ${turn}`)] ?? isOpenAtFirst(turns, turn);
  const showsAll = ui.expanded[expandedKey(taskId, allChanges)] ?? false;
  const shown = showsAll ? [wholeTask] : turns.map(({ turn }) => turn).filter(isOpen);
  const open = isListShown ? shown : [];
  const compared = ui.compared?.turn;
  return compared === undefined || open.includes(compared) ? open : [...open, compared];
}
