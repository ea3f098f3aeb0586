import type { Parked, ParkingOptions } from './parked';
import { ParkingLot } from './parking-lot';
import { FakePi, parkedAt } from '../test/fake-pi';

/** A parking lot in which the test decides how each parking ends. */
function openLot() {
  const parkings: Array<{ hurry: AbortSignal | undefined; done(): Parked; fail(): void }> = [];
  const failures: string[] = [];
  const lot = new ParkingLot(
    {} as ParkingOptions,
    (error) => failures.push(String(error)),
    (_options, hurry) =>
      new Promise((resolve, reject) => {
        const parked = parkedAt(new FakePi(), `/slots/${parkings.length}`);
        parkings.push({
          hurry,
          done: () => {
            resolve(parked);
            return parked;
          },
          fail: () => reject(new Error('no memory')),
        });
      }),
  );
  return { lot, parkings, failures };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function filled(count: number) {
  const opened = openLot();
  const filling = opened.lot.fill(count);
  const parked = opened.parkings.map((parking) => parking.done());
  await filling;
  return { ...opened, parked };
}

test('fills itself to a count, and reports how many answer', async () => {
  const { lot, parked } = await filled(2);
  expect(await lot.countAnswering()).toBe(2);
  await parked[0]?.process.end();
  expect(await lot.countAnswering()).toBe(1);
});

test('neither counts nor waits for one that is still being parked', async () => {
  const { lot, parkings } = await filled(2);
  await lot.claim();
  lot.refill();
  expect(parkings).toHaveLength(3);
  expect(await lot.countAnswering()).toBe(1);
});

test('returns the oldest, and parks another immediately only when none is left', async () => {
  const { lot, parked, parkings } = await filled(2);
  expect(await lot.claim()).toBe(parked[0]);
  expect(parkings).toHaveLength(2);
  expect(await lot.claim()).toBe(parked[1]);
  expect(parkings).toHaveLength(3);
});

test("doesn't return one that died while parked", async () => {
  const { lot, parked } = await filled(2);
  await parked[0]?.process.end();
  expect(await lot.claim()).toBe(parked[1]);
});

test('a claim of an empty lot waits for a new one', async () => {
  const { lot, parkings } = openLot();
  const claim = lot.claim();
  const parked = parkings[0]?.done();
  expect(await claim).toBe(parked);
});

test('a refill parks one after another up to the count', async () => {
  const { lot, parkings } = await filled(2);
  await lot.claim();
  await lot.claim();
  // The second claim left none, so a third is being parked. More at a time would only make all of them slow.
  lot.refill();
  lot.refill();
  expect(parkings).toHaveLength(3);
  parkings[2]?.done();
  await turn();
  expect(parkings).toHaveLength(4);
  parkings[3]?.done();
  await turn();
  lot.refill();
  expect(parkings).toHaveLength(4);
});

test('parks one more ahead each time that none was ready, up to four', async () => {
  const { lot, parkings } = await filled(1);
  const claims: Array<Promise<Parked>> = [];
  for (let count = 0; count < 6; count++) {
    claims.push(lot.claim());
    await turn();
  }
  for (let index = 0; index < 20; index++) {
    parkings[index]?.done();
    lot.refill();
    await turn();
  }
  await Promise.all(claims);
  expect(await lot.countAnswering()).toBe(4);
});

test('reports a parking that fails, and removes no other', async () => {
  const { lot, parkings, parked, failures } = await filled(1);
  expect(await lot.claim()).toBe(parked[0]);
  // The second is claimed while it is still being parked, so a third is parked after it.
  const claim = lot.claim();
  const failed = expect(claim).rejects.toThrow('no memory');
  lot.refill();
  parkings[1]?.fail();
  await failed;
  const third = parkings[2]?.done();
  expect(await lot.claim()).toBe(third);
  expect(failures).toEqual(['Error: no memory']);
});

test('a process hurries when a task waits for it, and not before', async () => {
  const { lot, parkings } = await filled(1);
  await lot.claim();
  expect(parkings.map(({ hurry }) => hurry?.aborted)).toEqual([false, false]);
  // The second is still being parked; the third begins because none is left.
  const waiting = [lot.claim(), lot.claim()];
  expect(parkings.map(({ hurry }) => hurry?.aborted)).toEqual([false, true, true]);
  parkings[1]?.done();
  parkings[2]?.done();
  await Promise.all(waiting);
  lot.refill();
  expect(parkings[3]?.hurry?.aborted).toBe(false);
});
