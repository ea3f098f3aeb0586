/** Turns in memory: what they changed, and undoing them in visible steps. */
import type { AppApi } from '../../../schema/app-api';
import { RpcError } from '../../../schema/errors';
import type { TakeBackConflict, TakeBackResult } from '../../../schema/file-changes';
import type { Handlers } from '../../../schema/rpc';
import type { FakeHost } from './fake-host';
import type { FakeTurn } from '../data/turns';
import { finish, moveConversation, turnsOf, work } from './take-back';

type TurnMethod = Extract<keyof AppApi['methods'], `turn.${string}`> | 'file.open';

function turnOf(host: FakeHost, taskId: string, turn: number): FakeTurn {
  const found = turnsOf(host, taskId).find(({ summary }) => summary.turn === turn);
  if (!found) throw new RpcError('NOT_FOUND', 'This turn is no longer on the list.');
  return found;
}

/** Ids that a request refers to. */
function wantedIds(turn: FakeTurn, changeIds: readonly string[] | undefined, isRedo: boolean): readonly string[] {
  const gone = new Set(turn.takenBack ?? []);
  return turn.changes.map(({ id }) => id).filter((id) => gone.has(id) === isRedo && (changeIds?.includes(id) ?? true));
}

const conflictsOf = (turn: FakeTurn, ids: readonly string[], isRedo: boolean): readonly TakeBackConflict[] =>
  isRedo ? [] : (turn.conflicts ?? []).filter(({ changeId }) => ids.includes(changeId));

/** Handlers for turns. */
export function turnHandlers(host: FakeHost): Pick<Handlers<AppApi>, TurnMethod> {
  return {
    'turn.list': ({ taskId }) =>
      Promise.resolve({ turns: turnsOf(host, taskId).map(({ summary }) => ({ ...summary, of: [...summary.of] })) }),
    'turn.changes': ({ taskId, turn }) =>
      Promise.resolve({
        changes: (turn === null ? turnsOf(host, taskId) : [turnOf(host, taskId, turn)])
          .flatMap(({ summary, changes }) =>
            turn === null ? changes.map((change) => ({ ...change, id: `${summary.turn}-${change.id}` })) : changes,
          )
          .slice(0, 5000),
        isTruncated: false,
      }),
    'turn.compare': ({ taskId, turn, changeId }) => {
      // For the whole task, ids begin with the number of their turn.
      const [number = '', ...rest] = changeId.split('-');
      const compared =
        turn === null
          ? turnOf(host, taskId, Number(number)).compared?.[rest.join('-')]
          : turnOf(host, taskId, turn).compared?.[changeId];
      return Promise.resolve(compared ?? { before: null, after: null });
    },
    'turn.plan': ({ taskId, turn, changeIds, isRedo }) => {
      const found = turnOf(host, taskId, turn);
      const ids = wantedIds(found, changeIds, isRedo);
      return Promise.resolve({ steps: ids.length, conflicts: [...conflictsOf(found, ids, isRedo)] });
    },
    'turn.take_back': async ({ taskId, turn, changeIds, isRedo, choices }): Promise<TakeBackResult> => {
      const task = host.task(taskId).summary;
      if (task.activity === 'running') throw new RpcError('TASK_NOT_READY', 'The agent is working. Stop it first.');
      const found = turnOf(host, taskId, turn);
      const ids = wantedIds(found, changeIds, isRedo);
      const left = conflictsOf(found, ids, isRedo).filter(({ changeId }) => choices?.[changeId] !== 'take-back');
      const todo = ids.filter((id) => !left.some(({ changeId }) => changeId === id));
      const done = await work(host, taskId, turn, todo.length);
      const isCancelled = done < todo.length;
      const moved = changeIds === undefined && !isCancelled ? moveConversation(host, taskId, found, isRedo) : found;
      const number = finish(host, taskId, moved, todo.slice(0, done), isRedo);
      return { turn: number, done, left: [...left], areTimesExact: true, isCancelled };
    },
    'turn.cancel': ({ taskId }) => {
      host.cancelled.add(taskId);
      return Promise.resolve({});
    },
    'file.open': () => Promise.reject(new RpcError('NOT_SUPPORTED', "This page can't open apps.")),
  };
}
