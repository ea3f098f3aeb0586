import type { ApprovalAnswer } from '../../schema/approvals';
import { allowed, cancelled, denied, expired, firstOpen, granted, no, yes } from './test/answers';
import { request, settled, stage, type Stage } from './test/stage';

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
