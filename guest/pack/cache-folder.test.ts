import { cacheFolder } from './cache-folder';

test.each([
  ['linux', {}, '/home/ada/.cache/piwork'],
  ['linux', { XDG_CACHE_HOME: '/fast' }, '/fast/piwork'],
  ['darwin', {}, '/home/ada/Library/Caches/piwork'],
  ['linux', { PIWORK_CACHE: '/elsewhere', XDG_CACHE_HOME: '/fast' }, '/elsewhere'],
] as const)('on %s with %o packs lie in %s', (platform, environment, folder) => {
  expect(cacheFolder(environment, platform, '/home/ada')).toBe(folder);
});
