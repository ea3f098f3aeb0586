import { ActorError, type Actor } from './actor';
import { delayAfter, usualPolicy } from './restart-policy';
import { Supervised, type SupervisedOptions } from './supervised';

type Message = number | 'throw';

/** Adds up the numbers it gets; its state comes from a value stored elsewhere. */
function adding(options: Partial<SupervisedOptions<Message, number>> = {}) {
  const kept = { sum: 0, made: 0 };
  const waits: number[] = [];
  let clock = 0;
  const make = (): Actor<Message, number> => {
    kept.made += 1;
    let sum = kept.sum;
    return {
      handle: async (message) => {
        await Promise.resolve();
        if (message === 'throw') throw new Error('out of order');
        sum += message;
        kept.sum = sum;
        return sum;
      },
    };
  };
  const now = (): number => (clock += 1);
  const wait = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
  const actor = new Supervised<Message, number>({ name: 'adder', make, now, wait, ...options });
  return { actor, kept, waits };
}

const code = (error: unknown): string => (error instanceof ActorError ? error.code : String(error));

test('answers one message after another', async () => {
  const { actor, kept } = adding();
  expect(await Promise.all([1, 2, 3].map((message) => actor.ask(message)))).toEqual([1, 3, 6]);
  expect(kept.made).toBe(1);
});

test('a failed message gets an error, and the next one a restored state', async () => {
  const failures: string[] = [];
  const { actor, kept } = adding({ onFailure: ({ message }) => failures.push(message) });
  const answers = await Promise.allSettled([actor.ask(5), actor.ask('throw'), actor.ask(2)]);
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : code(answer.reason)))).toEqual([
    5,
    'failed',
    7,
  ]);
  expect(kept.made).toBe(2);
  expect(failures).toEqual(['The adder of the extension failed on this message and was restarted: out of order.']);
});

test('waits longer each time, stops after too many failures, and is revived for a new session', async () => {
  const { actor, waits } = adding();
  const answers = await Promise.allSettled([...Array<Message>(6).fill('throw'), 1].map((one) => actor.ask(one)));
  expect(answers.map((answer) => (answer.status === 'rejected' ? code(answer.reason) : answer.value))).toEqual([
    ...Array<string>(4).fill('failed'),
    'given_up',
    'given_up',
    'given_up',
  ]);
  expect(waits).toEqual([10, 20, 40, 80]);
  await expect(actor.ask(1)).rejects.toThrow('failed too often');
  actor.revive();
  expect(await actor.ask(1)).toBe(1);
});

test('a failure long ago does not count', () => {
  expect(delayAfter([0, 0, 0, 0, 40_000], 40_000, usualPolicy)).toBe(10);
  expect(delayAfter([1, 2, 3, 4, 5], 5, usualPolicy)).toBeNull();
  expect(delayAfter(Array<number>(9).fill(1), 1, { ...usualPolicy, maxFailures: 20 })).toBe(usualPolicy.maxDelayMs);
});

test("if it can't be made, its message fails", async () => {
  const make = (): never => {
    throw new Error('no journal');
  };
  await expect(adding({ make }).actor.ask(1)).rejects.toThrow('no journal');
});

test('refuses more messages than its mailbox can contain', async () => {
  const { actor } = adding({ capacity: 2 });
  const answers = await Promise.allSettled([1, 1, 1, 1].map((message) => actor.ask(message)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
});
