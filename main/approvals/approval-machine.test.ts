/** Tests only the decisions: a random walk over all inputs, checked against what must always be true. */
import type { ApprovalAnswer } from '../../schema/approvals';
import { allQuestions, emptyState, type ApprovalInput, type ApprovalState } from './approval-state';
import { step } from './approval-machine';
import { act } from './test/stage';

const random = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const tasks = ['task-a', 'task-b', 'task-c'] as const;
const folders = { 'task-a': '/work', 'task-b': '/work', 'task-c': null } as const;
const answers: ApprovalAnswer[] = [
  { allow: false },
  ...(['once', 'turn', 'task', 'folder'] as const).map((scope) => ({ allow: true as const, scope })),
];

/** The allowed acts, as the test itself tracks them */
class Yeses {
  readonly #all = new Set<string>();

  add(...names: (string | number | null)[]): void {
    this.#all.add(names.join(' '));
  }

  has(...names: (string | number | null)[]): boolean {
    return this.#all.has(names.join(' '));
  }

  drop(beginning: string): void {
    for (const name of this.#all) if (name.startsWith(beginning)) this.#all.delete(name);
  }
}

/** `expect` is too slow for tens of thousands of checks. */
function must(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(what);
}

const pick = <T>(from: readonly T[], below: (count: number) => number): T => from[below(from.length)]!;

function walk(seed: number, length: number): { decided: number; asked: number } {
  const below = random(seed);
  const yeses = new Yeses();
  const waiting = new Map<string, number>();
  let state: ApprovalState = emptyState('x');
  let [decided, asked] = [0, 0];

  const put = (input: ApprovalInput): void => {
    const [next, ...effects] = step(state, input);
    let answersToRequest = 0;
    for (const effect of effects) {
      if (effect.kind === 'wait') {
        answersToRequest++;
        waiting.set(effect.id, (waiting.get(effect.id) ?? 0) + 1);
      } else if (effect.kind === 'decide') {
        answersToRequest++;
        decided++;
        must(input.kind === 'act', 'only an act is decided');
        if (input.kind === 'act' && effect.decision.isAllowed) {
          const { taskId, kind, pid } = input.act;
          const isCovered =
            yeses.has(taskId, 'once', kind, pid) ||
            yeses.has(taskId, 'turn', kind) ||
            yeses.has('task', taskId, kind) ||
            yeses.has('folder', input.folder, kind);
          must(isCovered, 'allowed without a yes');
        }
        // A reason comes here only with an immediate denial.
        must(effect.sentence === null || !effect.decision.isAllowed, 'a reason for a yes');
      } else if (effect.kind === 'closed') {
        must(effect.approval.count === waiting.get(effect.approval.id), 'closed with another count');
        waiting.delete(effect.approval.id);
      } else if (effect.kind === 'asked') {
        asked++;
      }
    }
    must(answersToRequest === (input.kind === 'act' ? 1 : 0), 'an act is answered once');
    state = next;
    const open = allQuestions(state);
    must(open.length === waiting.size, 'a question too many or too few');
    must(
      open.every(({ approval }) => approval.count === waiting.get(approval.id)),
      'another count than those that wait',
    );
    const groups = open.map(({ approval: { taskId, kind }, pid }) => `${taskId} ${kind} ${pid}`);
    must(new Set(groups).size === groups.length, 'two questions for one program and kind');
  };

  for (let now = 1; now <= length; now++) {
    const taskId = pick(tasks, below);
    const kind = pick(['delete', 'rename', 'change'] as const, below);
    const pid = below(4);
    const question = allQuestions(state)[below(8)];
    const id = question?.approval.id ?? 'none';
    switch (below(14)) {
      case 0: {
        const allow = below(4) === 0 ? [kind] : [];
        yeses.drop(`${taskId} `);
        for (const one of allow) yeses.add(taskId, 'turn', one);
        put({ kind: 'begin', taskId, allow, canAsk: below(4) > 0, now });
        break;
      }
      case 1:
        put({ kind: 'end', taskId, now });
        yeses.drop(`${taskId} `);
        must(!allQuestions(state).some(({ approval }) => approval.taskId === taskId), 'open after the end');
        break;
      case 2:
        if (below(5) > 0) break;
        put({ kind: 'forget', taskId, now });
        yeses.drop(`${taskId} `);
        yeses.drop(`task ${taskId} `);
        break;
      case 3: {
        const grant = state.grants[below(4)];
        if (!grant) break;
        put({ kind: 'revoke', id: grant.id });
        if (grant.scope === 'folder') yeses.drop(`folder ${grant.folder} ${grant.kind}`);
        if (grant.scope === 'task') yeses.drop(`task ${grant.taskId} ${grant.kind}`);
        if (grant.scope === 'turn') yeses.drop(`${grant.taskId} turn ${grant.kind}`);
        break;
      }
      case 4:
      case 5: {
        const answer = pick(answers, below);
        if (question && answer.allow) {
          const { approval, folder } = question;
          if (answer.scope === 'once' && question.pid !== 0) {
            yeses.add(approval.taskId, 'once', approval.kind, question.pid);
          }
          if (answer.scope === 'turn') yeses.add(approval.taskId, 'turn', approval.kind);
          if (answer.scope === 'task') yeses.add('task', approval.taskId, approval.kind);
          if (answer.scope === 'folder' && folder !== null) yeses.add('folder', folder, approval.kind);
        }
        put({ kind: 'answer', id, answer, now });
        break;
      }
      case 6:
        put({ kind: 'expire', id, now });
        break;
      case 7: {
        put({ kind: 'withdraw', id, now: fewer(waiting, id, now) });
        break;
      }
      case 8:
        put({ kind: 'named', taskId, pid, program: pick(['rm', 'mv'], below) });
        break;
      case 9:
        put({ kind: 'looked-again', taskId, pid, program: pick(['rm', 'mv', null], below), now });
        break;
      default:
        put({ kind: 'act', act: act({ taskId, kind, pid }), folder: folders[taskId], now, timeoutMs: 9 });
    }
  }
  return { decided, asked };
}

/** An act that was withdrawn no longer waits. The last one closes its question, and is counted until then. */
function fewer(waiting: Map<string, number>, id: string, now: number): number {
  const count = waiting.get(id) ?? 0;
  if (count > 1) waiting.set(id, count - 1);
  return now;
}

it('nothing is allowed without permission, and everything that waits is tracked, in any order of inputs', () => {
  let [decided, asked] = [0, 0];
  for (let seed = 1; seed <= 40; seed++) {
    const walked = walk(seed, 400);
    decided += walked.decided;
    asked += walked.asked;
  }
  expect(decided).toBeGreaterThan(1000);
  expect(asked).toBeGreaterThan(500);
});
