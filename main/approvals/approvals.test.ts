/** Asking about an act, from the held act to the answer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowed, cancelled, denied, firstOpen, granted, no, yes } from './test/answers';
import { act, settled, stage } from './test/stage';

describe('a question', () => {
  it('opens immediately and says who asks as soon as that is known', async () => {
    const { approvals, changes, clock, now } = stage();
    const decision = approvals.decide(act());
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

  it('includes further acts of the same program and kind', async () => {
    const at = stage();
    const { approvals } = at;
    const held = ['a', 'b', 'c'].map((path) => approvals.decide(act({ path })));
    const other = approvals.decide(act({ kind: 'rename', to: 'z' }));
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
    const decision = approvals.decide(act());
    const id = firstOpen(at);
    approvals.answer(id, no);
    expect(() => approvals.answer(id, yes('turn'))).toThrow('This question is no longer open.');
    expect(await decision).toEqual(denied);
    expect(approvals.grants).toEqual([]);
    expect(at.closes).toEqual([{ id, outcome: 'denied' }]);
  });

  it("doesn't wait for a guest that is slow to say who asks", async () => {
    const at = stage({ describeProgram: () => new Promise(() => undefined) });
    const decision = at.approvals.decide(act());
    expect(at.approvals.open).toHaveLength(1);
    at.approvals.answer(firstOpen(at), yes('once'));
    expect(await decision).toEqual(allowed);
  });

  it('shows nothing deceptive from the guest', async () => {
    const at = stage();
    at.programs.set(100, `rm\n\u202egpj.exe\u0000 \u001b[31m${'x'.repeat(5000)}`);
    const decision = at.approvals.decide(act({ path: `a\u202etxt.exe\n${'d/'.repeat(3000)}last.txt` }));
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

  it('ends when its programs withdraw their acts', async () => {
    const { approvals, closes, clock } = stage();
    const [one, two] = [new AbortController(), new AbortController()];
    const held = [approvals.decide(act(), one.signal), approvals.decide(act(), two.signal)];
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

  it("isn't asked when too many are open", async () => {
    const at = stage();
    const held = Array.from({ length: 64 }, (_, index) => at.approvals.decide(act({ pid: 200 + index })));
    expect(await at.approvals.decide(act({ pid: 999 }))).toEqual(cancelled);
    expect(at.told).toEqual([
      'Deleting "Reports/a.txt" was not done: too many questions are already waiting for the person. Wait for their answers. Don\'t try another way.',
    ]);
    expect(await at.now(at.approvals.decide(act({ taskId: 'task-b' })))).toBe('held');
    at.approvals.endTurn('task-a');
    expect(new Set((await Promise.all(held)).map(({ outcome }) => outcome))).toEqual(new Set(['cancelled']));
  });
});

describe('Allow', () => {
  it('once applies to this program and kind, for the turn', async () => {
    const at = stage();
    const { approvals } = at;
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    const first = approvals.decide(act());
    await settled();
    approvals.answer(firstOpen(at), yes('once'));
    expect(await first).toEqual(allowed);
    expect(await approvals.decide(act({ path: 'b' }))).toEqual(granted);
    expect(await at.now(approvals.decide(act({ pid: 101 })))).toBe('held');
    expect(await at.now(approvals.decide(act({ kind: 'rename' })))).toBe('held');
    approvals.endTurn('task-a');
    approvals.beginTurn('task-a', { allow: [], canAsk: true });
    expect(await at.now(approvals.decide(act({ path: 'c' })))).toBe('held');
  });

  it.each(['turn', 'task', 'folder'] as const)(
    'for the %s settles every open question that it covers',
    async (scope) => {
      const at = stage();
      const { approvals } = at;
      const asked = {
        own: approvals.decide(act()),
        program: approvals.decide(act({ pid: 101 })),
        kind: approvals.decide(act({ kind: 'rename' })),
        sameFolder: approvals.decide(act({ taskId: 'task-b' })),
        otherFolder: approvals.decide(act({ taskId: 'task-c' })),
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
      expect(await approvals.decide(act({ pid: 102 }))).toEqual(granted);
      approvals.endTurn('task-a');
      const later = await at.now(approvals.decide(act({ pid: 103 })));
      expect(later).toEqual(scope === 'turn' ? 'held' : granted);
      approvals.forgetTask('task-a');
      const last = await at.now(approvals.decide(act({ pid: 104 })));
      expect(last).toEqual(scope === 'folder' ? granted : 'held');
    },
  );

  it('for a folder needs a folder', async () => {
    const at = stage();
    at.folders.delete('task-a');
    const decision = at.approvals.decide(act());
    expect(() => at.approvals.answer(firstOpen(at), yes('folder'))).toThrow('This task has no folder.');
    expect(await at.now(decision)).toBe('held');
  });

  it('given with the run applies until its end', async () => {
    const at = stage();
    at.approvals.beginTurn('task-a', { allow: ['delete', 'rename'], canAsk: false });
    expect(await at.approvals.decide(act())).toEqual(granted);
    expect(await at.approvals.decide(act({ kind: 'rename', to: 'z' }))).toEqual(granted);
    expect(await at.approvals.decide(act({ kind: 'change' }))).toEqual(cancelled);
    at.approvals.endTurn('task-a');
    expect(at.approvals.grants).toEqual([]);
    expect(await at.now(at.approvals.decide(act()))).toBe('held');
  });

  it('can be removed', async () => {
    const at = stage();
    const { approvals } = at;
    const first = approvals.decide(act());
    approvals.answer(firstOpen(at), yes('task'));
    await first;
    const [grant] = approvals.grants;
    await approvals.revoke(grant!.id);
    expect(approvals.grants).toEqual([]);
    expect(at.grantLists.at(-1)).toEqual([]);
    expect(JSON.parse(readFileSync(join(at.home, 'grants.json'), 'utf8'))).toEqual({ version: 1, grants: [] });
    expect(await at.now(approvals.decide(act({ pid: 101 })))).toBe('held');
    await expect(approvals.revoke(grant!.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it("for the kernel's write-back applies only to what waits", async () => {
    const at = stage();
    const held = [1, 2].map(() => at.approvals.decide(act({ kind: 'change', pid: 0 })));
    at.approvals.answer(firstOpen(at), yes('once'));
    expect(await Promise.all(held)).toEqual([allowed, allowed]);
    expect(await at.now(at.approvals.decide(act({ kind: 'change', pid: 0 })))).toBe('held');
  });
});

it('once decides ten thousand acts of one program', async () => {
  const at = stage();
  const first = at.approvals.decide(act());
  await settled();
  at.approvals.answer(firstOpen(at), yes('once'));
  await first;
  let allowedCount = 0;
  const before = process.cpuUsage();
  for (let index = 0; index < 10_000; index++) {
    if (index % 100 === 0) at.clock.advance(20);
    if ((await at.approvals.decide(act({ path: `f${index}` }))).isAllowed) allowedCount++;
  }
  const { user, system } = process.cpuUsage(before);
  console.log(`10,000 acts after one yes: ${Math.round((user + system) / 1000)} ms of CPU`);
  expect(allowedCount).toBe(10_000);
  await at.approvals.close();
  const counts = (await at.approvals.log('task-a')).map(({ count }) => count);
  expect(counts).toEqual([1, 10_000]);
});
