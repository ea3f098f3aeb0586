import { RpcError } from './errors';
import { whileAnswering } from './while-answering';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const everyMs = 30_000;
const never = (): Promise<never> => new Promise(() => undefined);

test('waits for hours while the other side answers', async () => {
  let looks = 0;
  let finish: (value: string) => void = () => undefined;
  const work = (): Promise<string> => new Promise((resolve) => (finish = resolve));
  const waiting = whileAnswering(work, { everyMs, look: () => Promise.resolve(++looks) });
  await jest.advanceTimersByTimeAsync(2 * 60 * 60_000);
  expect(looks).toBe(240);
  finish('done');
  expect(await waiting).toBe('done');
  expect(jest.getTimerCount()).toBe(0);
});

test('fails when the other side is silent, and cancels the work', async () => {
  let signal: AbortSignal | undefined;
  const work = (given: AbortSignal): Promise<never> => {
    signal = given;
    return never();
  };
  const look = (): Promise<never> => Promise.reject(new RpcError('DEADLINE_EXCEEDED', 'silent'));
  const failed = expect(whileAnswering(work, { everyMs, look })).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  await jest.advanceTimersByTimeAsync(everyMs);
  await failed;
  expect(signal?.aborted).toBe(true);
});

test('the failure of the work is the failure of the wait', async () => {
  const work = (): Promise<never> => Promise.reject(new RpcError('TASK_NOT_FOUND', 'gone'));
  await expect(whileAnswering(work, { everyMs, look: never })).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  expect(jest.getTimerCount()).toBe(0);
});
