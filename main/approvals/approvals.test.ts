/** Asking at the act, from the held operation to the answer and the log. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovalAnswer } from '../../schema/approvals';
import { request, settled, stage, type Stage } from './test/stage';

const yes = (scope: 'once' | 'turn' | 'task' | 'folder'): ApprovalAnswer => ({ allow: true, scope });
const no: ApprovalAnswer = { allow: false };
const allowed = { isAllowed: true, outcome: 'allowed' };
const granted = { isAllowed: true, outcome: 'granted' };
const denied = { isAllowed: false, outcome: 'denied' };
const expired = { isAllowed: false, outcome: 'expired' };
const cancelled = { isAllowed: false, outcome: 'cancelled' };
const firstOpen = ({ approvals }: Stage): string => approvals.open[0]!.id;

describe('a question', () => {
  it('is opened at once and says what asked as soon as that is known', async () => {
    const { approvals, changes, clock, now } = stage();
    const decision = approvals.decide(request());
    expect(changes).toEqual([
      {
        id: expect.any(String) as string,
        taskId: 'task-a',
        kind: 'delete',
        path: 'Reports/a.txt',
        to: null,
        sizeBytes: 12,
        fileKind: 'file',
        program: null,
        sentence: null,
        count: 1,
        openedAt: clock.now(),
        expiresAt: clock.now() + 120_000,
      },
    ]);
    expect(await now(decision)).toBe('held');
    expect(approvals.open).toEqual([{ ...changes[0], program: 'rm -rf Reports' }]);
  });

  it('takes in what else the same program wants of the same kind', async () => {
    const at = stage();
    const { approvals } = at;
    const held = ['a', 'b', 'c'].map((path) => approvals.decide(request({ path })));
    const other = approvals.decide(request({ kind: 'rename', to: 'z' }));
    await settled();
    expect(approvals.open.map(({ kind, path, count }) => ({ kind, path, count }))).toEqual([
      { kind: 'delete', path: 'a', count: 3 },
      { kind: 'rename', path: 'Reports/a.txt', count: 1 },
    ]);
    approvals.answer(firstOpen(at), yes('once'));
    expect(await Promise.all(held)).toEqual([allowed, allowed, allowed]);
    expect(await at.now(other)).toBe('held');
  });

  it('is answered once', async () => {
    const at = stage();
    const { approvals } = at;
    const decision = approvals.decide(request());
    const id = firstOpen(at);
    approvals.answer(id, no);
    expect(() => approvals.answer(id, yes('turn'))).toThrow('This question is no longer open.');
    expect(await decision).toEqual(denied);
    expect(approvals.grants).toEqual([]);
    expect(at.closes).toEqual([{ id, outcome: 'denied' }]);
  });

  it('does not wait for a guest that is slow to say what asked', async () => {
    const at = stage({ describeProgram: () => new Promise(() => undefined) });
    const decision = at.approvals.decide(request());
    expect(at.approvals.open).toHaveLength(1);
    at.approvals.answer(firstOpen(at), yes('once'));
    expect(await decision).toEqual(allowed);
  });

  it('shows nothing of the guest that could deceive', async () => {
    const at = stage();
    at.programs.set(100, `rm\n\u202egpj.exe\u0000 \u001b[31m${'x'.repeat(5000)}`);
    const decision = at.approvals.decide(request({ path: `a\u202etxt.exe\n${'d/'.repeat(3000)}last.txt` }));
    await settled();
    const [question] = at.approvals.open;
    expect(question!.program).toMatch(/^rm gpj\.exe \[31mx+…$/);
    expect(question!.program).toHaveLength(200);
    expect(question!.path).toMatch(/^a\ufffdtxt\.exe\ufffdd\/.*…(.*\/)last\.txt$/);
    expect(question!.path).toHaveLength(1024);
    at.approvals.answer(question!.id, no);
    await decision;
    expect(at.told[0]).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(at.told[0]!.length).toBeLessThan(450);
  });

  it('ends when its programs give it up', async () => {
    const { approvals, closes, clock } = stage();
    const [one, two] = [new AbortController(), new AbortController()];
    const held = [approvals.decide(request(), one.signal), approvals.decide(request(), two.signal)];
    one.abort();
    expect(approvals.open[0]!.count).toBe(1);
    two.abort();
    expect(await Promise.all(held)).toEqual([cancelled, cancelled]);
    expect(approvals.open).toEqual([]);
    expect(closes).toHaveLength(1);
    await settled();
    await approvals.flush();
    expect(clock.timers).toBe(0);
  });

  it('is not asked when too many are open', async () => {
    const at = stage();
    const held = Array.from({ length: 64 }, (_, index) => at.approvals.decide(request({ pid: 200 + index })));
    expect(await at.approvals.decide(request({ pid: 999 }))).toEqual(cancelled);
    expect(at.told).toEqual([
      'Deleting "Reports/a.txt" was not done: too many questions are already waiting for the person. Wait for their answers. Don\'t try another way.',
    ]);
    expect(await at.now(at.approvals.decide(request({ taskId: 'task-b' })))).toBe('held');
    at.approvals.endTurn('task-a');
    expect(new Set((await Promise.all(held)).map(({ outcome }) => outcome))).toEqual(new Set(['cancelled']));
  });
});

describe('a yes', () => {
  it('once holds for this program and kind, for the turn', async () => {
    const at = stage();
    const { approvals } = at;
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    const first = approvals.decide(request());
    await settled();
    approvals.answer(firstOpen(at), yes('once'));
    expect(await first).toEqual(allowed);
    expect(await approvals.decide(request({ path: 'b' }))).toEqual(granted);
    expect(await at.now(approvals.decide(request({ pid: 101 })))).toBe('held');
    expect(await at.now(approvals.decide(request({ kind: 'rename' })))).toBe('held');
    approvals.endTurn('task-a');
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    expect(await at.now(approvals.decide(request({ path: 'c' })))).toBe('held');
  });

  it.each(['turn', 'task', 'folder'] as const)(
    'for the %s settles every open question that it covers',
    async (scope) => {
      const at = stage();
      const { approvals } = at;
      const asked = {
        own: approvals.decide(request()),
        program: approvals.decide(request({ pid: 101 })),
        kind: approvals.decide(request({ kind: 'rename' })),
        sameFolder: approvals.decide(request({ taskId: 'task-b' })),
        otherFolder: approvals.decide(request({ taskId: 'task-c' })),
      };
      approvals.answer(firstOpen(at), yes(scope));
      const outcomes = Object.fromEntries(
        await Promise.all(Object.entries(asked).map(async ([name, held]) => [name, await at.now(held)] as const)),
      );
      expect(outcomes).toEqual({
        own: allowed,
        program: allowed,
        kind: 'held',
        sameFolder: scope === 'folder' ? allowed : 'held',
        otherFolder: 'held',
      });
      expect(await approvals.decide(request({ pid: 102 }))).toEqual(granted);
      approvals.endTurn('task-a');
      const later = await at.now(approvals.decide(request({ pid: 103 })));
      expect(later).toEqual(scope === 'turn' ? 'held' : granted);
      approvals.forgetTask('task-a');
      const last = await at.now(approvals.decide(request({ pid: 104 })));
      expect(last).toEqual(scope === 'folder' ? granted : 'held');
    },
  );

  it('for a folder needs one', async () => {
    const at = stage();
    at.folders.delete('task-a');
    const decision = at.approvals.decide(request());
    expect(() => at.approvals.answer(firstOpen(at), yes('folder'))).toThrow('This task has no folder.');
    expect(await at.now(decision)).toBe('held');
  });

  it('given with the run holds until its end', async () => {
    const at = stage();
    at.approvals.beginTurn('task-a', { allow: ['delete', 'rename'], canAsk: false });
    expect(await at.approvals.decide(request())).toEqual(granted);
    expect(await at.approvals.decide(request({ kind: 'rename', to: 'z' }))).toEqual(granted);
    expect(await at.approvals.decide(request({ kind: 'change' }))).toEqual(cancelled);
    at.approvals.endTurn('task-a');
    expect(at.approvals.grants).toEqual([]);
    expect(await at.now(at.approvals.decide(request()))).toBe('held');
  });

  it('can be taken away', async () => {
    const at = stage();
    const { approvals } = at;
    const first = approvals.decide(request());
    approvals.answer(firstOpen(at), yes('task'));
    await first;
    const [grant] = approvals.grants;
    await approvals.revoke(grant!.id);
    expect(approvals.grants).toEqual([]);
    expect(at.grantLists.at(-1)).toEqual([]);
    expect(JSON.parse(readFileSync(join(at.home, 'grants.json'), 'utf8'))).toEqual({ version: 1, grants: [] });
    expect(await at.now(approvals.decide(request({ pid: 101 })))).toBe('held');
    await expect(approvals.revoke(grant!.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('for the kernel’s write-back holds for what waits and no longer', async () => {
    const at = stage();
    const held = [1, 2].map(() => at.approvals.decide(request({ kind: 'change', pid: 0 })));
    at.approvals.answer(firstOpen(at), yes('once'));
    expect(await Promise.all(held)).toEqual([allowed, allowed]);
    expect(await at.now(at.approvals.decide(request({ kind: 'change', pid: 0 })))).toBe('held');
  });
});

describe('a no', () => {
  it('is told to the agent before it is given, and holds for this program and kind', async () => {
    const order: string[] = [];
    const at = stage({ tellAgent: async (_taskId, sentence) => void order.push(sentence) });
    const { approvals } = at;
    const held = ['Reports/a.txt', 'b', 'c'].map((path) =>
      approvals.decide(request({ path })).then(({ outcome }) => order.push(outcome)),
    );
    approvals.answer(firstOpen(at), no);
    await Promise.all(held);
    expect(await approvals.decide(request({ path: 'd' }))).toEqual(denied);
    expect(order).toEqual([
      'The person denied deleting "Reports/a.txt" and 2 others. Don\'t try another way. Ask them, or continue without it.',
      'denied',
      'denied',
      'denied',
    ]);
    expect(await at.now(approvals.decide(request({ pid: 101 })))).toBe('held');
    approvals.endTurn('task-a');
    expect(await at.now(approvals.decide(request({ path: 'e' })))).toBe('held');
  });

  it.each([
    ['fails', async () => Promise.reject(new Error('gone'))],
    [
      'throws',
      () => {
        throw new Error('gone');
      },
    ],
    ['never ends', () => new Promise<void>(() => undefined)],
  ])('is given also when telling the agent %s', async (_how, tellAgent: () => Promise<void>) => {
    const at = stage({ tellAgent });
    const decision = at.approvals.decide(request());
    at.approvals.answer(firstOpen(at), no);
    at.clock.advance(2000);
    expect(await decision).toEqual(denied);
  });

  it('comes by itself when nobody answers, and holds for the program', async () => {
    const at = stage();
    const { approvals, clock } = at;
    const decision = approvals.decide(request());
    await settled();
    clock.advance(119_999);
    expect(await at.now(decision)).toBe('held');
    clock.advance(1);
    expect(await decision).toEqual(expired);
    expect(at.closes.map(({ outcome }) => outcome)).toEqual(['expired']);
    expect(await approvals.decide(request({ path: 'b' }))).toEqual(expired);
    expect(at.told).toHaveLength(1);
    expect(at.told[0]).toMatch(/^Nobody answered in time whether to allow deleting "Reports\/a\.txt"/);
    expect(await at.now(approvals.decide(request({ pid: 101 })))).toBe('held');
  });

  it('comes at once after three questions that nobody answered, until the next turn', async () => {
    const at = stage();
    const { approvals, clock } = at;
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    for (const pid of [1, 2, 3]) {
      const decision = approvals.decide(request({ pid }));
      clock.advance(120_000);
      expect(await decision).toEqual(expired);
    }
    expect(await approvals.decide(request({ pid: 4 }))).toEqual(expired);
    expect(at.told).toHaveLength(4);
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    expect(await at.now(approvals.decide(request({ pid: 5 })))).toBe('held');
  });

  it('comes at once where nobody can be asked', async () => {
    const at = stage();
    at.approvals.beginTurn('task-a', { allow: [], canAsk: false });
    expect(await at.approvals.decide(request())).toEqual(cancelled);
    expect(await at.approvals.decide(request({ path: 'b' }))).toEqual(cancelled);
    expect(at.told).toEqual([
      'Deleting "Reports/a.txt" needs the person\'s permission, and nobody can answer in this run, so it was not done. Don\'t try another way. Continue without it, and say so at the end.',
    ]);
    expect(at.changes).toEqual([]);
  });

  it('comes for everything that waits when the run is stopped, and nothing is left behind', async () => {
    const at = stage({ describeProgram: () => new Promise(() => undefined) });
    const { approvals, clock } = at;
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    const held = [request(), request({ path: 'b' }), request({ pid: 101 })].map((one) => approvals.decide(one));
    approvals.endTurn('task-a');
    expect(await Promise.all(held)).toEqual([cancelled, cancelled, cancelled]);
    expect(at.told).toEqual([]);
    expect(approvals.open).toEqual([]);
    await approvals.flush();
    expect(clock.timers).toBe(0);
    // The program goes on to its next file before it is ended.
    expect(await approvals.decide(request({ path: 'c' }))).toEqual(cancelled);
    approvals.endTurn('task-a');
  });

  it('that is being told does not outlast a stop', async () => {
    const at = stage({ tellAgent: () => new Promise(() => undefined) });
    const decision = at.approvals.decide(request());
    at.approvals.answer(firstOpen(at), no);
    expect(await at.now(decision)).toBe('held');
    at.approvals.endTurn('task-a');
    expect(await decision).toEqual(denied);
  });

  it('reaches what waits although somebody who listens fails', async () => {
    const at = stage();
    at.approvals.closed.add(() => {
      throw new Error('a page that is gone');
    });
    const held = [request(), request({ pid: 101 })].map((one) => at.approvals.decide(one));
    at.approvals.answer(firstOpen(at), yes('turn'));
    expect(await Promise.all(held)).toEqual([allowed, allowed]);
    expect(at.problems).toEqual(Array(2).fill('closed: Error: a page that is gone'));
  });

  it('comes when something of ours fails', async () => {
    const at = stage({
      folderOf: () => {
        throw new Error('no such task');
      },
    });
    expect(await at.approvals.decide(request())).toEqual(cancelled);
    expect(at.problems).toEqual(["couldn't ask a question: Error: no such task"]);
  });
});

describe('a process id that is given to another program', () => {
  const answered = async (answer: ApprovalAnswer): Promise<Stage> => {
    const at = stage();
    const first = at.approvals.decide(request());
    await settled();
    at.approvals.answer(firstOpen(at), answer);
    await first;
    at.clock.advance(1001);
    return at;
  };

  it('is asked about anew', async () => {
    for (const answer of [yes('once'), no]) {
      const at = await answered(answer);
      at.programs.set(100, 'git clean -fdx');
      expect(await at.now(at.approvals.decide(request()))).toBe('held');
      await settled();
      expect(at.approvals.open[0]!.program).toBe('git clean -fdx');
    }
  });

  it('is not taken for another when it is called the same', async () => {
    expect(await (await answered(yes('once'))).approvals.decide(request())).toEqual(granted);
    expect(await (await answered(no)).approvals.decide(request())).toEqual(denied);
  });

  it('has no yes when nobody can tell, but still a no', async () => {
    const trusted = await answered(yes('once'));
    trusted.programs.clear();
    expect(await trusted.now(trusted.approvals.decide(request()))).toBe('held');
    const distrusted = await answered(no);
    distrusted.programs.clear();
    expect(await distrusted.approvals.decide(request())).toEqual(denied);
  });

  it('is not looked up in vain after a stop', async () => {
    let isSlow = false;
    const at = stage({
      describeProgram: (): Promise<string> => (isSlow ? new Promise(() => undefined) : Promise.resolve('rm')),
    });
    const first = at.approvals.decide(request());
    await settled();
    at.approvals.answer(firstOpen(at), yes('once'));
    await first;
    at.clock.advance(1001);
    isSlow = true;
    const decision = at.approvals.decide(request());
    at.approvals.endTurn('task-a');
    expect(await decision).toEqual(cancelled);
    expect(at.approvals.open).toEqual([]);
  });
});

describe('kept grants', () => {
  it('are those for a task and a folder, and hold after a restart', async () => {
    const at = stage();
    for (const scope of ['turn', 'task', 'folder'] as const) {
      const kind = scope === 'turn' ? 'change' : scope === 'task' ? 'rename' : 'delete';
      const decision = at.approvals.decide(request({ kind }));
      at.approvals.answer(firstOpen(at), yes(scope));
      await decision;
    }
    expect(at.approvals.grants.map(({ scope }) => scope)).toEqual(['turn', 'task', 'folder']);
    await at.approvals.close();
    const again = stage({}, at.home);
    expect(await again.approvals.load()).toEqual([]);
    expect(again.approvals.grants).toEqual(at.approvals.grants.filter(({ scope }) => scope !== 'turn'));
    expect(await again.approvals.decide(request({ taskId: 'task-b' }))).toEqual(granted);
    expect(await again.approvals.decide(request({ kind: 'rename' }))).toEqual(granted);
    expect(await again.now(again.approvals.decide(request({ kind: 'change' })))).toBe('held');
  });

  it.each([
    ['no JSON', '{"version":1,"gra'],
    ['a folder that is no path', { scope: 'folder', taskId: null, folder: 'Work' }],
    ['a yes to everything', { scope: 'folder', taskId: null, folder: null }],
    ['a turn', { scope: 'turn', taskId: 'task-a', folder: null }],
  ])('of a file with %s are set aside and named, and grant nothing', async (_what, content) => {
    const at = stage();
    const path = join(at.home, 'grants.json');
    const text =
      typeof content === 'string'
        ? content
        : JSON.stringify({ version: 1, grants: [{ id: 'x', kind: 'delete', grantedAt: 1, ...content }] });
    writeFileSync(path, text);
    const setAside = await at.approvals.load();
    expect(setAside).toEqual([{ path: `${path}.bad-${at.clock.now()}`, reason: expect.any(String) as string }]);
    expect(readFileSync(setAside[0]!.path, 'utf8')).toBe(text);
    expect(await at.now(at.approvals.decide(request()))).toBe('held');
  });

  it('are read before they are written, also when nobody asked for it', async () => {
    const at = stage();
    const first = at.approvals.decide(request());
    at.approvals.answer(firstOpen(at), yes('task'));
    await first;
    await at.approvals.close();
    const again = stage({}, at.home);
    const second = again.approvals.decide(request({ kind: 'rename' }));
    again.approvals.answer(firstOpen(again), yes('folder'));
    await second;
    await again.approvals.flush();
    await again.approvals.load();
    expect(again.approvals.grants.map(({ kind }) => kind).sort()).toEqual(['delete', 'rename']);
    await again.approvals.flush();
    const { grants } = JSON.parse(readFileSync(join(at.home, 'grants.json'), 'utf8')) as { grants: unknown[] };
    expect(grants).toHaveLength(2);
  });
});

describe('the log', () => {
  it('has one entry for what one program is told again and again', async () => {
    const at = stage();
    const { approvals, clock } = at;
    const first = approvals.decide(request());
    await settled();
    approvals.answer(firstOpen(at), yes('once'));
    await first;
    for (let index = 0; index < 500; index++) {
      await approvals.decide(request({ path: `f${index}` }));
      if (index % 100 === 0) clock.advance(600);
      await settled();
    }
    approvals.endTurn('task-a');
    const started = 1_000_000;
    const shared = { taskId: 'task-a', kind: 'delete', to: null, program: 'rm -rf Reports', scope: 'once' };
    expect(await approvals.log('task-a')).toEqual([
      { ...shared, at: started, path: 'Reports/a.txt', count: 1, outcome: 'allowed' },
      { ...shared, at: started, path: 'f0', count: 500, outcome: 'granted' },
    ]);
  });

  it('says what was allowed by a grant, and by whom it was used', async () => {
    const at = stage();
    at.approvals.beginTurn('task-a', { allow: ['delete'], canAsk: false });
    await at.approvals.decide(request());
    await at.approvals.decide(request({ path: 'b' }));
    await settled();
    at.approvals.endTurn('task-a');
    expect(await at.approvals.log('task-a')).toEqual([
      expect.objectContaining({
        path: 'Reports/a.txt',
        count: 2,
        outcome: 'granted',
        scope: 'turn',
        program: 'rm -rf Reports',
      }),
    ]);
  });

  it('is written within a second, and outlives a torn line', async () => {
    const at = stage();
    const path = join(at.home, 'tasks', 'task-a', 'approvals.jsonl');
    const first = at.approvals.decide(request());
    await settled();
    at.approvals.answer(firstOpen(at), no);
    await first;
    at.clock.advance(1000);
    await at.approvals.flush();
    const line = readFileSync(path, 'utf8');
    expect(line.match(/\n/g)).toHaveLength(1);
    writeFileSync(path, `${line}${line.slice(0, 40)}`);
    const again = stage({}, at.home);
    expect(await again.approvals.log('task-a')).toHaveLength(1);
    again.approvals.beginTurn('task-a', { allow: ['delete'], canAsk: true });
    await again.approvals.decide(request());
    expect((await again.approvals.log('task-a')).map(({ outcome }) => outcome)).toEqual(['denied', 'granted']);
  });

  it('of a task whose folder is gone is a problem of its own', async () => {
    const at = stage();
    at.approvals.beginTurn('task-z', { allow: ['delete'], canAsk: true });
    expect(await at.approvals.decide(request({ taskId: 'task-z' }))).toEqual(granted);
    expect(await at.approvals.log('task-z')).toEqual([]);
    expect(at.problems).toEqual([expect.stringContaining('ENOENT')]);
  });
});

it('decides ten thousand operations of one program after one yes', async () => {
  const at = stage();
  const first = at.approvals.decide(request());
  await settled();
  at.approvals.answer(firstOpen(at), yes('once'));
  await first;
  let allowedCount = 0;
  const before = process.cpuUsage();
  for (let index = 0; index < 10_000; index++) {
    if (index % 100 === 0) at.clock.advance(20);
    if ((await at.approvals.decide(request({ path: `f${index}` }))).isAllowed) allowedCount++;
  }
  const { user, system } = process.cpuUsage(before);
  console.log(`10,000 operations after one yes: ${Math.round((user + system) / 1000)} ms of CPU`);
  expect(allowedCount).toBe(10_000);
  await at.approvals.close();
  const counts = (await at.approvals.log('task-a')).map(({ count }) => count);
  expect(counts).toEqual([1, 10_000]);
});
