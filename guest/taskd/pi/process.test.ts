/** A pi process around a child that the test controls. */
import { encodeLine } from '../../../schema/jsonl';
import type { PiRecord } from '../../../schema/pi-records';
import { FakePi, silence } from '../test/fake-pi';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const dead = expect.objectContaining({ code: 'PI_PROCESS_DEAD' }) as Error;

const recordsOf = (pi: FakePi): PiRecord[] => {
  const records: PiRecord[] = [];
  pi.process.onRecord = (record) => records.push(record);
  return records;
};

describe('a request', () => {
  test('gets its own answer, in any order', async () => {
    const pi = new FakePi({ a: () => silence, b: () => silence });
    const answers = Promise.all([pi.process.request({ type: 'a' }), pi.process.request({ type: 'b', n: 2 })]);
    await turn();
    const [a, b] = pi.commands;
    pi.say({ type: 'response', id: b?.id, command: 'b', success: true, data: 'of b' });
    pi.say({ type: 'response', id: a?.id, command: 'a', success: true, data: 'of a' });
    expect(await answers).toEqual(['of a', 'of b']);
    expect(b).toEqual({ type: 'b', n: 2, id: b?.id });
  });

  test.each([
    [{ error: 'Model not found' }, 'Model not found'],
    [{}, 'pi refused set_model.'],
  ])("that pi refuses fails with pi's own words: %j", async (detail, message) => {
    const pi = new FakePi({ set_model: () => silence });
    const answer = pi.process.request({ type: 'set_model' });
    await turn();
    pi.say({ type: 'response', id: pi.commands[0]?.id, command: 'set_model', success: false, ...detail });
    await expect(answer).rejects.toMatchObject({ code: 'INVALID_REQUEST', message });
  });

  test('without an answer ends at its deadline, and the late answer becomes an ordinary record', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const pi = new FakePi({ slow: () => silence });
      const records = recordsOf(pi);
      const failed = expect(pi.process.request({ type: 'slow' }, 500)).rejects.toMatchObject({
        code: 'DEADLINE_EXCEEDED',
        message: "pi didn't answer in time. Try again.",
      });
      await turn();
      await jest.advanceTimersByTimeAsync(500);
      await failed;
      pi.say({ type: 'response', id: pi.commands[0]?.id, command: 'slow', success: true });
      await turn();
      expect(records).toMatchObject([{ type: 'response', command: 'slow' }]);
    } finally {
      jest.useRealTimers();
    }
  });

  describe('of a pi that works', () => {
    beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
    afterEach(() => void jest.useRealTimers());

    test('waits; it fails when pi stops working', async () => {
      const pi = new FakePi({ slow: () => silence });
      let isSettled = false;
      const failed = expect(
        pi.process.request({ type: 'slow' }, 10_000).finally(() => (isSettled = true)),
      ).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
      for (let seconds = 5; seconds <= 300; seconds += 5) {
        pi.cpuSeconds += 0.2;
        await jest.advanceTimersByTimeAsync(5_000);
      }
      expect(isSettled).toBe(false);
      await jest.advanceTimersByTimeAsync(5_000);
      await failed;
    });

    test('fails after a quarter of an hour', async () => {
      const pi = new FakePi({ slow: () => silence });
      const failed = expect(pi.process.request({ type: 'slow' })).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
      for (let seconds = 0; seconds < 900; seconds += 30) {
        pi.cpuSeconds += 30;
        await jest.advanceTimersByTimeAsync(30_000);
      }
      await failed;
    });
  });

  test('ends with the process, and so does every later one', async () => {
    const pi = new FakePi({ a: () => silence, b: () => silence });
    const failed = Promise.all(['a', 'b'].map((type) => expect(pi.process.request({ type })).rejects.toEqual(dead)));
    pi.stderr.write('first\nfatal: no memory\n');
    await turn();
    pi.exit(134, 'SIGABRT');
    await failed;
    await expect(pi.process.request({ type: 'a' })).rejects.toEqual(dead);
    pi.process.tell({ type: 'late' });
    expect(await pi.process.exited).toEqual({ code: 134, signal: 'SIGABRT', stderr: 'first\nfatal: no memory' });
    expect([pi.process.isGone, pi.commandTypes]).toEqual([true, ['a', 'b']]);
  });
});

describe('records', () => {
  test("come in order, wherever they are cut, and lines that aren't records are kept", async () => {
    const pi = new FakePi();
    const records = recordsOf(pi);
    const bytes = Buffer.from(
      `${encodeLine({ type: 'agent_start' })}Warning: é€🙂\n${encodeLine({ type: 'hologram' })}${encodeLine({
        type: 'agent_settled',
        note: 'a\u2028b',
      })}`,
    );
    for (const byte of bytes) pi.stdout.write(Buffer.from([byte]));
    await turn();
    expect(records).toEqual([
      { type: 'agent_start' },
      { type: 'unknown', raw: 'Warning: é€🙂' },
      { type: 'unknown', raw: { type: 'hologram' } },
      { type: 'agent_settled', aborted: false, note: 'a\u2028b' },
    ]);
  });

  test('a line over the limit is dropped, and an answer still ends', async () => {
    const pi = new FakePi();
    const records = recordsOf(pi);
    const long = 'x'.repeat(32 * 1024 * 1024);
    pi.stdout.write(`{"type":"turn_end","message":"${long}"}\n`);
    pi.stdout.write(encodeLine({ type: 'message_end', message: { role: 'assistant', content: long } }));
    pi.stdout.write(encodeLine({ type: 'agent_settled' }));
    await turn();
    expect(records).toMatchObject([
      { type: 'unknown', raw: expect.stringMatching(/^\{"type":"turn_end","message":"x{1,64}$/) as string },
      { type: 'message_end', message: { role: 'assistant' } },
      { type: 'agent_settled' },
    ]);
    expect(pi.process.isGone).toBe(false);
  });

  test("a line that isn't UTF-8 keeps its valid parts", async () => {
    const pi = new FakePi();
    const records = recordsOf(pi);
    pi.stdout.write(Buffer.from([0x61, 0xff, 0x0a]));
    await turn();
    expect([records, pi.process.isGone]).toEqual([[{ type: 'unknown', raw: 'a\ufffd' }], false]);
  });

  test("a record that can't be handled is dropped and counted", async () => {
    const pi = new FakePi();
    const seen: string[] = [];
    pi.process.onRecord = ({ type }) => {
      if (type === 'turn_start') throw new Error('a fault');
      seen.push(type);
    };
    for (const type of ['agent_start', 'turn_start', 'agent_settled']) pi.say({ type });
    await turn();
    expect([seen, pi.process.lostRecords]).toEqual([['agent_start', 'agent_settled'], 1]);
  });

  test('keeps only the end of what it printed to stderr', async () => {
    const pi = new FakePi();
    pi.stderr.write('é'.repeat(20_000));
    await turn();
    pi.exit(1);
    expect((await pi.process.exited).stderr).toBe('é'.repeat(8_192));
  });
});

describe('the end', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  test.each([
    ['stdin', 0, []],
    ['SIGTERM', 1, ['SIGTERM']],
    ['SIGKILL', 2, ['SIGTERM', 'SIGKILL']],
  ] as const)('comes by %s', async (endsBy, waits, signals) => {
    const pi = new FakePi({}, endsBy);
    const ended = pi.process.end();
    for (let wait = 0; wait < waits; wait++) {
      await turn();
      jest.advanceTimersByTime(2_000);
    }
    await ended;
    expect(pi.signals).toEqual(signals);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('can be requested again', async () => {
    const pi = new FakePi();
    expect(await pi.process.end()).toEqual(await pi.process.end());
    expect(pi.signals).toEqual([]);
  });
});
