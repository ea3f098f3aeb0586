/** Reads what the shown task's turns changed, live while the agent works, at a pace that the page can handle. */
import { RpcError } from '../../../schema/errors';
import type { Disposable } from '../../../schema/transport';
import type { App } from '../../connection/app';
import { describeError } from '../../connection/attempt';
import { expandedKey } from '../../store/expanded';
import { allChanges, isOpenAtFirst } from './turns';
import { updateHost, updateUi, type AppState } from '../../store/app-store';
import { changesRead, turnsRead } from '../../store/task-content';
import { areChangesStale, areTurnsStale, versionOf, wholeTask, type TurnsState } from '../../store/turns-state';
import type { ReadCompare } from '../../store/ui-state';
import { isAtLeast } from '../../ui/media';
import { createPacedReader } from '../../connection/paced-reader';
import type { Scheduler } from '../../connection/scheduler';

/** Starts reading, now and at each change of the store, until disposed. */
export function startTurnLoader(app: App, scheduler: Pick<Scheduler, 'now' | 'after'>): Disposable {
  const reader = createPacedReader({ scheduler, check: () => check(app.store.getState()) });
  const readPaced = (key: string, taskId: string, read: () => Promise<void>): Promise<void> =>
    reader.read(key, read, (problem) =>
      updateUi(app.store, (ui) => ({ readProblems: { ...ui.readProblems, [taskId]: problem } })),
    );

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
      const { before, after } =
        turn === 'waiting'
          ? await app.client['review.compare']({ taskId, changeId })
          : await app.client['turn.compare']({ taskId, turn: turn === wholeTask ? null : turn, changeId });
      updateUi(app.store, { compare: { ...wanted, before, after, problem: null } });
    } catch (error) {
      if (error instanceof RpcError && error.code === 'DISCONNECTED') throw error;
      updateUi(app.store, { compare: { ...wanted, before: null, after: null, problem: describeError(error) } });
    }
  };

  const checkCompare = (taskId: string, turns: TurnsState, { host, ui }: AppState): void => {
    if (!ui.compared) return;
    const { turn, changeId } = ui.compared;
    const { compare } = ui;
    const isRead = compare?.taskId === taskId && compare.turn === turn && compare.changeId === changeId;
    const version = turn === 'waiting' ? (host.reviews[taskId]?.version ?? 0) : turns.version;
    if (isRead && compare.version === version) return;
    const wanted = { taskId, turn, changeId, version };
    void readPaced(`compare ${taskId} ${turn} ${changeId}`, taskId, () => readCompare(wanted));
  };

  const check = (state: AppState): void => {
    const { host, ui } = state;
    const taskId = ui.selectedTaskId;
    if (taskId === null || ui.connection.kind !== 'open' || ui.readProblems[taskId] !== undefined) return;
    const turns = host.turns[taskId];
    if (!turns || !host.tasks[taskId]) return;
    if (areTurnsStale(turns)) {
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
      reader.dispose();
    },
  };
}

/** Turns whose files are shown: those that are open in the panel, and the one being compared. */
function wantedTurns(taskId: string, { turns }: TurnsState, ui: AppState['ui']): readonly number[] {
  const isListShown = isAtLeast('wide') ? ui.isPanelOpen : ui.isDrawerOpen;
  const isOpen = (turn: number): boolean =>
    ui.expanded[expandedKey(taskId, `turn ${turn}`)] ?? isOpenAtFirst(turns, turn);
  const showsAll = ui.expanded[expandedKey(taskId, allChanges)] ?? false;
  const shown = showsAll ? [wholeTask] : turns.map(({ turn }) => turn).filter(isOpen);
  const open = isListShown ? shown : [];
  const compared = ui.compared?.turn;
  return compared === undefined || compared === 'waiting' || open.includes(compared) ? open : [...open, compared];
}
