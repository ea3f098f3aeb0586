import { loadOrder, moduleDependencies, moduleName } from './kernel-modules';

test('a module has the name that modprobe uses', () => {
  expect(moduleName('kernel/drivers/char/hw_random/virtio-rng.ko.xz')).toBe('virtio_rng');
});

test('reads dependencies from the module itself', () => {
  const module = Buffer.from('\x7fELF\0license=GPL\0depends=net-failover,netfs\0name=x\0');
  expect(moduleDependencies(module)).toEqual(['net_failover', 'netfs']);
  expect(moduleDependencies(Buffer.from('\x7fELF\0depends=\0name=x\0'))).toEqual([]);
});

describe('load order', () => {
  const index = {
    builtin: new Set(['fuse']),
    files: new Map([
      ['9p', 'fs/9p.ko.xz'],
      ['9pnet', 'net/9pnet.ko.xz'],
      ['netfs', 'fs/netfs.ko.xz'],
    ]),
  };
  const needs: Record<string, string[]> = { 'fs/9p.ko.xz': ['netfs', '9pnet'] };
  const dependenciesOf = (path: string) => Promise.resolve(needs[path] ?? []);

  test('puts each module after what it needs, once, without built-in ones', async () => {
    expect(await loadOrder(['9p', 'fuse', '9pnet'], index, dependenciesOf)).toEqual(['netfs', '9pnet', '9p']);
  });

  test("names a module that this kernel doesn't have", async () => {
    await expect(loadOrder(['erofs'], index, dependenciesOf)).rejects.toThrow('no module erofs');
  });
});
