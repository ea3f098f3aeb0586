/** The runner, with effects that the test controls. */
import type { VmFailure } from '../schema/vm-api';
import { vmFailure } from '../schema/vm-failures';
import { VmFailureError } from './failures';
import { facts, turn, makeRunner, makeReady, failsWith } from './test/played-runner';

describe('a start', () => {
  test('resumes the template and is ready after the hello', async () => {
    const { runner, qemu, statuses, timers, kept } = await makeReady();
    expect(runner.status).toEqual({
      kind: 'ready',
      phases: [{ name: 'resuming', startedAt: 1_001, expectedMs: 300, durationMs: 2 }],
      pid: qemu.pid,
      ...facts,
      startMs: 2,
    });
    expect(statuses).toEqual(['resuming', 'ready']);
    expect(timers.map(({ ms, isDisposed }) => [ms, isDisposed])).toEqual([[30_000, true]]);
    expect(kept).toEqual([runner.status.kind === 'ready' ? runner.status.phases : []]);
  });

  test('builds the template first when there is none', async () => {
    const { runner, spawned, qemus, statuses, timers } = makeRunner({ hasTemplate: false });
    const start = runner.start();
    const builder = await spawned();
    expect(runner.status).toMatchObject({ kind: 'building_template', pid: builder.pid });
    builder.work.resolve(facts);
    await turn();
    expect(builder.asked).toEqual(['kill']);
    builder.exit();
    const resumer = await spawned(1);
    resumer.work.resolve(facts);
    expect(await start).toEqual(facts);
    expect(qemus.map(({ mode, gen }) => [mode, gen])).toEqual([
      ['build', 1],
      ['resume', 2],
    ]);
    expect(statuses).toEqual(['resuming', 'building_template', 'resuming', 'ready']);
    expect(timers.map(({ ms }) => ms)).toEqual([180_000, 30_000]);
  });

  test('joins a running one, at every step of it', async () => {
    const { runner, qemus, spawned, prepare } = makeRunner();
    const preparation = prepare();
    const starts = [runner.start(), runner.start()];
    preparation.resolve(true);
    await turn();
    starts.push(runner.start());
    const qemu = await spawned();
    starts.push(runner.start());
    qemu.work.resolve(facts);
    expect(await Promise.all([...starts, runner.start()])).toEqual(Array(5).fill(facts));
    expect(qemus).toHaveLength(1);
  });

  test.each<[string, Error, VmFailure['reason']]>([
    ['with a reason', new VmFailureError('pack_missing', 'manifest.json'), 'pack_missing'],
    ['with none of its own', new Error('odd'), 'spawn_failed'],
    ['for want of room', Object.assign(new Error('full'), { code: 'ENOSPC' }), 'disk_full'],
  ])('fails when its preparation fails: %s', async (_name, error, reason) => {
    const { runner, prepare, qemus } = makeRunner();
    prepare().reject(error);
    await expect(Promise.allSettled([runner.start(), runner.start()])).resolves.toMatchObject([
      { reason: { reason } },
      { reason: { reason } },
    ]);
    expect([runner.status.kind, qemus]).toEqual(['failed', []]);
  });

  test("fails when QEMU can't be spawned, and may be tried again", async () => {
    const { runner, qemus, spawned } = makeRunner();
    const start = runner.start();
    const failed = expect(start).rejects.toEqual(failsWith('qemu_missing'));
    await turn();
    qemus[0]?.spawned.reject(new VmFailureError('qemu_missing', 'qemu-system-x86_64'));
    qemus[0]?.exit();
    await failed;
    const again = runner.start();
    const qemu = await spawned(1);
    qemu.work.resolve(facts);
    expect(await again).toEqual(facts);
  });
});

describe('a resume that fails', () => {
  test("is a crash when QEMU ends unexpectedly twice, and its template isn't used again", async () => {
    const { runner, spawned, distrustedCount } = makeRunner();
    const start = runner.start();
    const failed = expect(start).rejects.toEqual(failsWith('crashed'));
    for (let attempt = 0; attempt < 2; attempt++) {
      const qemu = await spawned();
      qemu.exit();
      await turn();
      // Its sockets close too; this comes late and changes nothing.
      qemu.work.reject(new Error('the control port closed'));
      await turn();
    }
    await failed;
    expect([runner.status.kind, distrustedCount()]).toEqual(['failed', 2]);
  });

  test('is tried once more when QEMU crashes, and becomes ready', async () => {
    const { runner, spawned, qemus } = makeRunner();
    const started = runner.start();
    (await spawned()).exit();
    await turn();
    (await spawned()).work.resolve(facts);
    expect(await started).toEqual(facts);
    expect(qemus).toHaveLength(2);
  });

  test('is the same when its sockets close before its end is known', async () => {
    const { runner, spawned, distrustedCount } = makeRunner();
    const start = runner.start();
    const failed = expect(start).rejects.toEqual(failsWith('guest_failed'));
    const qemu = await spawned();
    qemu.work.reject(new Error('QEMU refused migrate-incoming'));
    await turn();
    expect(qemu.asked).toEqual(['ask']);
    qemu.exit();
    await failed;
    expect([runner.status, distrustedCount()]).toMatchObject([
      { failure: { logTail: ['log of 1', 'QEMU refused migrate-incoming'] } },
      1,
    ]);
  });

  test('that is slow continues while it shows signs of life, but not forever', async () => {
    const { runner, spawned, timer, timers } = makeRunner({ hasTemplate: false });
    const failed = expect(runner.start()).rejects.toEqual(failsWith('boot_timeout'));
    const qemu = await spawned();
    for (let renewal = 0; renewal < 6; renewal++) {
      runner.showSign();
      timer()?.due();
      expect(runner.status).toMatchObject({ kind: 'building_template' });
    }
    runner.showSign();
    timer()?.due();
    expect(runner.status).toEqual({ kind: 'stopping', pid: qemu.pid });
    expect(timers.filter(({ ms }) => ms === 180_000)).toHaveLength(7);
    qemu.exit();
    await failed;
  });

  test('that is silent is ended and reported as such', async () => {
    const { runner, spawned, timer, distrustedCount } = makeRunner();
    const start = runner.start();
    const failed = expect(start).rejects.toEqual(failsWith('boot_timeout'));
    const qemu = await spawned();
    // Its phases were signs of life.
    timer()?.due();
    timer()?.due();
    expect([runner.status, qemu.asked]).toEqual([{ kind: 'stopping', pid: qemu.pid }, ['ask']]);
    qemu.exit();
    await failed;
    expect(distrustedCount()).toBe(1);
  });

  test.each(['disk_full', 'port_taken'] as const)("by %s doesn't distrust its template", async (reason) => {
    const { runner, spawned, distrustedCount } = makeRunner();
    const failed = expect(runner.start()).rejects.toEqual(failsWith(reason));
    (await spawned()).exit(vmFailure(reason));
    await failed;
    expect(distrustedCount()).toBe(0);
  });
});

describe('a build that fails', () => {
  test('is reported when QEMU ends before the build notices', async () => {
    const { runner, spawned, distrustedCount } = makeRunner({ hasTemplate: false });
    const failed = expect(runner.start()).rejects.toEqual(failsWith('crashed'));
    for (let attempt = 0; attempt < 2; attempt++) {
      const qemu = await spawned();
      qemu.exit();
      qemu.work.reject(new Error('the control port closed'));
      await turn();
    }
    await failed;
    expect([runner.status.kind, distrustedCount()]).toEqual(['failed', 0]);
  });

  /** The guest breaks, and QEMU ends. */
  async function breakDown({ spawned }: Pick<ReturnType<typeof makeRunner>, 'spawned'>): Promise<void> {
    const qemu = await spawned();
    qemu.work.reject(new Error('the control port closed'));
    await turn();
    qemu.exit();
    await turn();
  }

  test('is tried once more when the guest fails, and reported when it fails again', async () => {
    const made = makeRunner({ hasTemplate: false });
    const failed = expect(made.runner.start()).rejects.toEqual(failsWith('template_failed'));
    await breakDown(made);
    await breakDown(made);
    await failed;
    expect([made.qemus.length, made.runner.status.kind, made.distrustedCount()]).toEqual([2, 'failed', 0]);
  });

  test('is tried once more, and the guest becomes ready', async () => {
    const made = makeRunner({ hasTemplate: false });
    const started = made.runner.start();
    await breakDown(made);
    const second = await made.spawned();
    second.work.resolve(facts);
    await turn();
    second.exit();
    await turn();
    (await made.spawned()).work.resolve(facts);
    expect(await started).toEqual(facts);
    expect(made.qemus.map(({ mode }) => mode)).toEqual(['build', 'build', 'resume']);
  });

  test('is reported when QEMU was gone before the template was in its place', async () => {
    const { runner, spawned } = makeRunner({ hasTemplate: false });
    const failed = expect(runner.start()).rejects.toEqual(failsWith('crashed'));
    for (let attempt = 0; attempt < 2; attempt++) {
      const qemu = await spawned();
      qemu.exit();
      await turn();
      qemu.work.resolve(facts);
      await turn();
    }
    await failed;
    expect(runner.status.kind).toBe('failed');
  });
});

test('a ready guest that ends has crashed, and its template is kept', async () => {
  const { runner, qemu, distrustedCount } = await makeReady();
  qemu.exit(vmFailure('crashed', 'SIGSEGV'));
  await turn();
  expect([runner.status, distrustedCount()]).toMatchObject([{ kind: 'failed', failure: { reason: 'crashed' } }, 0]);
});
