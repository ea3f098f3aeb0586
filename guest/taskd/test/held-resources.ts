/** What keeps this process alive: timers, sockets, servers and children. */

/** Names of the resources in use, sorted. Requests to the file system come and go by themselves. */
const held = (): string[] =>
  process
    .getActiveResourcesInfo()
    .filter((name) => !name.startsWith('FSReq'))
    .sort();

/**
 * Runs some work and fails if it leaves something behind. Handles close within a few turns of the loop, so it waits a
 * second for them.
 */
export async function expectNothingLeft(work: () => Promise<unknown>): Promise<void> {
  const before = held();
  await work();
  for (let turn = 0; turn < 100 && held().join() !== before.join(); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(held()).toEqual(before);
}
