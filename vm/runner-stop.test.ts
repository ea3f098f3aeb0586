/** How a runner stops, with effects that the test controls. */

import { facts, turn, makeRunner, makeReady } from './test/played-runner';

describe('a stop', () => {
  test('finishes immediately when nothing runs', async () => {
    const { runner, statuses } = makeRunner();
    await runner.stop();
    expect([runner.status, statuses]).toEqual([{ kind: 'stopped' }, []]);
  });

  test('during preparation keeps QEMU from being started', async () => {
    const { runner, prepare, qemus, statuses } = makeRunner();
    const preparation = prepare();
    const start = expect(runner.start()).rejects.toThrow('The workspace was stopped before it was ready.');
    const stop = runner.stop();
    preparation.resolve(true);
    await Promise.all([start, stop]);
    await turn();
    expect([runner.status, qemus, statuses]).toEqual([{ kind: 'stopped' }, [], ['resuming', 'stopped']]);
  });

  test('during preparation gives way to a start that comes after it', async () => {
    const { runner, prepare, spawned } = makeRunner();
    const preparation = prepare();
    const givenUp = expect(runner.start()).rejects.toThrow('The workspace was stopped before it was ready.');
    const stop = runner.stop();
    const start = runner.start();
    preparation.resolve(true);
    await Promise.all([givenUp, stop]);
    (await spawned()).work.resolve(facts);
    expect(await start).toEqual(facts);
  });

  test('before QEMU exists ends it as soon as it exists', async () => {
    const { runner, spawned } = makeRunner();
    const start = expect(runner.start()).rejects.toThrow('The workspace was stopped before it was ready.');
    await turn();
    const stop = runner.stop();
    const qemu = await spawned();
    expect(qemu.asked).toEqual(['ask']);
    qemu.exit();
    await Promise.all([start, stop]);
    expect(runner.status.kind).toBe('stopped');
  });

  test.each([true, false])('during a start ends it and distrusts nothing (template: %s)', async (hasTemplate) => {
    const { runner, spawned, distrustedCount } = makeRunner({ hasTemplate });
    const start = expect(runner.start()).rejects.toThrow('The workspace was stopped before it was ready.');
    const qemu = await spawned();
    const stop = runner.stop();
    qemu.work.reject(new Error('the control port closed'));
    await turn();
    qemu.exit();
    await Promise.all([start, stop]);
    expect([runner.status.kind, distrustedCount()]).toEqual(['stopped', 0]);
  });

  test('between build and resume ends there', async () => {
    const { runner, spawned, qemus } = makeRunner({ hasTemplate: false });
    const start = expect(runner.start()).rejects.toThrow('The workspace was stopped before it was ready.');
    const qemu = await spawned();
    qemu.work.resolve(facts);
    await turn();
    const stop = runner.stop();
    qemu.exit();
    await Promise.all([start, stop]);
    expect([runner.status.kind, qemus.length]).toEqual(['stopped', 1]);
  });

  test("asks the guest, and kills what doesn't end in time", async () => {
    const { runner, qemu, timer } = await makeReady();
    const stop = runner.stop();
    expect([qemu.asked, timer()?.ms]).toEqual([['ask'], 4_000]);
    timer()?.due();
    expect(qemu.asked).toEqual(['ask', 'kill']);
    qemu.exit();
    await stop;
    expect(timer()).toBeUndefined();
  });

  test('can be requested twice, and a start waits for its end', async () => {
    const { runner, qemu, spawned, statuses } = await makeReady();
    const stops = [runner.stop(), runner.stop()];
    const starts = [runner.start(), runner.start()];
    await turn();
    expect(qemu.asked).toEqual(['ask']);
    qemu.exit();
    await Promise.all(stops);
    (await spawned(1)).work.resolve(facts);
    expect(await Promise.all(starts)).toEqual([facts, facts]);
    expect(statuses).toEqual(['resuming', 'ready', 'stopping', 'stopped', 'resuming', 'ready']);
  });
});
