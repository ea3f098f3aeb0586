import { ReplayCache } from './replay-cache';

const counter = () => {
  let runs = 0;
  return () => Promise.resolve(++runs);
};

test('the same id and payload run once, even while the first still runs', async () => {
  const cache = new ReplayCache();
  const run = counter();
  const answers = [cache.once('a', 'payload', run), cache.once('a', 'payload', run)];
  expect(await Promise.all(answers)).toEqual([1, 1]);
  expect(await cache.once('a', 'payload', run)).toBe(1);
  expect(await cache.once('b', 'payload', run)).toBe(2);
});

test('an error is an answer too', async () => {
  const cache = new ReplayCache();
  await expect(cache.once('a', 'payload', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(cache.once('a', 'payload', counter())).rejects.toThrow('no');
});

test('refuses the same id with another payload', () => {
  const cache = new ReplayCache();
  void cache.once('a', 'payload', counter());
  expect(() => cache.once('a', 'other', counter())).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST' }) as Error,
  );
});

test('keeps a limited number of answers and forgets the oldest', async () => {
  const cache = new ReplayCache(2);
  const run = counter();
  for (const id of ['a', 'b', 'c']) await cache.once(id, 'payload', run);
  expect(await cache.once('c', 'payload', run)).toBe(3);
  expect(await cache.once('b', 'payload', run)).toBe(2);
  expect(await cache.once('a', 'payload', run)).toBe(4);
});
