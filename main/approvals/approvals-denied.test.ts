import type { ApprovalAnswer } from '../../schema/approvals';
import { allowed, cancelled, denied, expired, firstOpen, granted, no, yes } from './test/answers';
import { act, settled, stage, type Stage } from './test/stage';

describe('a denial', () => {
  it('is explained to the agent before it is given, and applies to this program and kind', async () => {
    const order: string[] = [];
    const at = stage({ tellAgent: async (_taskId, sentence) => void order.push(sentence) });
    const { approvals } = at;
    const held = ['Reports/a.txt', 'b', 'c'].map((path) =>
      approvals.decide(act({ path })).then(({ outcome }) => order.push(outcome)),
    );
    approvals.answer(firstOpen(at), no);
    await Promise.all(held);
    expect(await approvals.decide(act({ path: 'd' }))).toEqual(denied);
    expect(order).toEqual([
      'The person denied deleting "Reports/a.txt" and 2 others. Don\'t try another way. Ask them, or continue without it.',
      'denied',
      'denied',
      'denied',
    ]);
    expect(await at.now(approvals.decide(act({ pid: 101 })))).toBe('held');
    approvals.endTurn('task-a');
    expect(await at.now(approvals.decide(act({ path: 'e' })))).toBe('held');
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
  ])('is also given when telling the agent %s', async (_how, tellAgent: () => Promise<void>) => {
    const at = stage({ tellAgent });
    const decision = at.approvals.decide(act());
    at.approvals.answer(firstOpen(at), no);
    at.clock.advance(2000);
    expect(await decision).toEqual(denied);
  });

  it('comes by itself when nobody answers, and applies to the program', async () => {
    const at = stage();
    const { approvals, clock } = at;
    const decision = approvals.decide(act());
    await settled();
    clock.advance(119_999);
    expect(await at.now(decision)).toBe('held');
    clock.advance(1);
    expect(await decision).toEqual(expired);
    expect(at.closes.map(({ outcome }) => outcome)).toEqual(['expired']);
    expect(await approvals.decide(act({ path: 'b' }))).toEqual(expired);
    expect(at.told).toHaveLength(1);
    expect(at.told[0]).toMatch(/^Nobody answered in time whether to allow deleting "Reports\/a\.txt"/);
    expect(await at.now(approvals.decide(act({ pid: 101 })))).toBe('held');
  });

  it('comes immediately after three unanswered questions, until the next turn', async () => {
    const at = stage();
    const { approvals, clock } = at;
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    for (const pid of [1, 2, 3]) {
      const decision = approvals.decide(act({ pid }));
      clock.advance(120_000);
      expect(await decision).toEqual(expired);
    }
    expect(await approvals.decide(act({ pid: 4 }))).toEqual(expired);
    expect(at.told).toHaveLength(4);
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    expect(await at.now(approvals.decide(act({ pid: 5 })))).toBe('held');
  });

  it('comes immediately where nobody can be asked', async () => {
    const at = stage();
    at.approvals.beginTurn('task-a', { allow: [], canAsk: false });
    expect(await at.approvals.decide(act())).toEqual(cancelled);
    expect(await at.approvals.decide(act({ path: 'b' }))).toEqual(cancelled);
    expect(at.told).toEqual([
      'Deleting "Reports/a.txt" needs the person\'s permission, and nobody can answer in this run, so it was not done. Don\'t try another way. Continue without it, and say so at the end.',
    ]);
    expect(at.changes).toEqual([]);
  });

  it('comes for everything that waits when the run is stopped, and nothing is left behind', async () => {
    const at = stage({ describeProgram: () => new Promise(() => undefined) });
    const { approvals, clock } = at;
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    const held = [act(), act({ path: 'b' }), act({ pid: 101 })].map((one) => approvals.decide(one));
    approvals.endTurn('task-a');
    expect(await Promise.all(held)).toEqual([cancelled, cancelled, cancelled]);
    expect(at.told).toEqual([]);
    expect(approvals.open).toEqual([]);
    await approvals.flush();
    expect(clock.timers).toBe(0);
    // The program continues with its next file before it is ended.
    expect(await approvals.decide(act({ path: 'c' }))).toEqual(cancelled);
    approvals.endTurn('task-a');
  });

  it('that is being explained ends when the run is stopped', async () => {
    const at = stage({ tellAgent: () => new Promise(() => undefined) });
    const decision = at.approvals.decide(act());
    at.approvals.answer(firstOpen(at), no);
    expect(await at.now(decision)).toBe('held');
    at.approvals.endTurn('task-a');
    expect(await decision).toEqual(denied);
  });

  it('reaches what waits although a listener fails', async () => {
    const at = stage();
    at.approvals.closed.add(() => {
      throw new Error('a page that is gone');
    });
    const held = [act(), act({ pid: 101 })].map((one) => at.approvals.decide(one));
    at.approvals.answer(firstOpen(at), yes('turn'));
    expect(await Promise.all(held)).toEqual([allowed, allowed]);
    expect(at.problems).toEqual(Array(2).fill('closed: Error: a page that is gone'));
  });

  it('comes when something in this program fails', async () => {
    const at = stage({
      folderOf: () => {
        throw new Error('no such task');
      },
    });
    expect(await at.approvals.decide(act())).toEqual(cancelled);
    expect(at.problems).toEqual(["couldn't ask a question: Error: no such task"]);
  });
});

describe('a process id that now belongs to another program', () => {
  const answered = async (answer: ApprovalAnswer): Promise<Stage> => {
    const at = stage();
    const first = at.approvals.decide(act());
    await settled();
    at.approvals.answer(firstOpen(at), answer);
    await first;
    at.clock.advance(1001);
    return at;
  };

  it('is asked about again', async () => {
    for (const answer of [yes('once'), no]) {
      const at = await answered(answer);
      at.programs.set(100, 'git clean -fdx');
      expect(await at.now(at.approvals.decide(act()))).toBe('held');
      await settled();
      expect(at.approvals.open[0]!.program).toBe('git clean -fdx');
    }
  });

  it('counts as the same program when its name is the same', async () => {
    expect(await (await answered(yes('once'))).approvals.decide(act())).toEqual(granted);
    expect(await (await answered(no)).approvals.decide(act())).toEqual(denied);
  });

  it('loses its Allow when its name is unknown, but keeps its Deny', async () => {
    const trusted = await answered(yes('once'));
    trusted.programs.clear();
    expect(await trusted.now(trusted.approvals.decide(act()))).toBe('held');
    const distrusted = await answered(no);
    distrusted.programs.clear();
    expect(await distrusted.approvals.decide(act())).toEqual(denied);
  });

  it("isn't looked up after a stop", async () => {
    let isSlow = false;
    const at = stage({
      describeProgram: (): Promise<string> => (isSlow ? new Promise(() => undefined) : Promise.resolve('rm')),
    });
    const first = at.approvals.decide(act());
    await settled();
    at.approvals.answer(firstOpen(at), yes('once'));
    await first;
    at.clock.advance(1001);
    isSlow = true;
    const decision = at.approvals.decide(act());
    at.approvals.endTurn('task-a');
    expect(await decision).toEqual(cancelled);
    expect(at.approvals.open).toEqual([]);
  });
});
