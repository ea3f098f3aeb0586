import { createServer, type AddressInfo, type Server } from 'node:net';
import { findFreePort } from './free-port';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

const hold = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    servers.push(server);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

test('gives the first port when it is free, and leaves it free', async () => {
  const free = await hold(0);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  expect(await findFreePort(free)).toBe(free);
  expect(await hold(free)).toBe(free);
});

test('skips ports that are in use', async () => {
  const held = await hold(0);
  const found = await findFreePort(held);
  expect(found).not.toBe(held);
  expect(await hold(found)).toBe(found);
});

test('stays within the range of ports', async () => {
  const last = await hold(65_535).catch(() => 65_535);
  const found = await findFreePort(last);
  expect(found).toBeLessThan(65_535);
  expect(found).toBeGreaterThan(0);
});
