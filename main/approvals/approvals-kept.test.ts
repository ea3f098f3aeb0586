/** What approvals keep on disk: grants and the log. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstOpen, granted, no, yes } from './test/answers';
import { act, settled, stage } from './test/stage';

describe('stored grants', () => {
  it('are those for a task and a folder, and apply after a restart', async () => {
    const at = stage();
    for (const scope of ['turn', 'task', 'folder'] as const) {
      const kind = scope === 'turn' ? 'change' : scope === 'task' ? 'rename' : 'delete';
      const decision = at.approvals.decide(act({ kind }));
      at.approvals.answer(firstOpen(at), yes(scope));
      await decision;
    }
    expect(at.approvals.grants.map(({ scope }) => scope)).toEqual(['turn', 'task', 'folder']);
    await at.approvals.close();
    const again = stage({}, at.home);
    expect(await again.approvals.load()).toEqual([]);
    expect(again.approvals.grants).toEqual(at.approvals.grants.filter(({ scope }) => scope !== 'turn'));
    expect(await again.approvals.decide(act({ taskId: 'task-b' }))).toEqual(granted);
    expect(await again.approvals.decide(act({ kind: 'rename' }))).toEqual(granted);
    expect(await again.now(again.approvals.decide(act({ kind: 'change' })))).toBe('held');
  });

  it.each([
    ['no JSON', '{"version":1,"gra'],
    ['a folder that is no path', { scope: 'folder', taskId: null, folder: 'Work' }],
    ['a yes to everything', { scope: 'folder', taskId: null, folder: null }],
    ['a turn', { scope: 'turn', taskId: 'task-a', folder: null }],
  ])('in a file with %s are moved aside and reported, and grant nothing', async (_what, content) => {
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
    expect(await at.now(at.approvals.decide(act()))).toBe('held');
  });

  it('are read before they are written, even when nothing has read them yet', async () => {
    const at = stage();
    const first = at.approvals.decide(act());
    at.approvals.answer(firstOpen(at), yes('task'));
    await first;
    await at.approvals.close();
    const again = stage({}, at.home);
    const second = again.approvals.decide(act({ kind: 'rename' }));
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
  it('has one entry for repeated answers to one program', async () => {
    const at = stage();
    const { approvals, clock } = at;
    const first = approvals.decide(act());
    await settled();
    approvals.answer(firstOpen(at), yes('once'));
    await first;
    for (let index = 0; index < 500; index++) {
      await approvals.decide(act({ path: `f${index}` }));
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

  it('says what a grant allowed, and who used it', async () => {
    const at = stage();
    at.approvals.beginTurn('task-a', { allow: ['delete'], canAsk: false });
    await at.approvals.decide(act());
    await at.approvals.decide(act({ path: 'b' }));
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

  it('is written within a second, and survives a torn line', async () => {
    const at = stage();
    const path = join(at.home, 'tasks', 'task-a', 'approvals.jsonl');
    const first = at.approvals.decide(act());
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
    await again.approvals.decide(act());
    expect((await again.approvals.log('task-a')).map(({ outcome }) => outcome)).toEqual(['denied', 'granted']);
  });

  it('reports a problem for a task whose folder is gone', async () => {
    const at = stage();
    at.approvals.beginTurn('task-z', { allow: ['delete'], canAsk: true });
    expect(await at.approvals.decide(act({ taskId: 'task-z' }))).toEqual(granted);
    expect(await at.approvals.log('task-z')).toEqual([]);
    expect(at.problems).toEqual([expect.stringContaining('ENOENT')]);
  });
});
