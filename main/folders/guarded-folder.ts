/** Why a task may not have a folder: because of what it is, is in, or contains. */
import { lstat, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, sep } from 'node:path';
import { guardedPlaces, homeSigns, isDiskRoot, signReason, type GuardedPlace, type OwnPlaces } from './guarded-places';

/** The names from `root` to `path`, or nothing when `path` is elsewhere. */
function namesBelow(root: string, path: string): readonly string[] | null {
  const between = relative(root, path);
  if (between === '') return [];
  if (isAbsolute(between)) return null;
  const names = between.split(sep);
  return names[0] === '..' ? null : names;
}

interface Found extends GuardedPlace {
  /** With links followed; `null` when it doesn't exist */
  readonly real: string | null;
  /** Equal for two paths of one folder, as with a bind mount */
  readonly identity: string | null;
}

const identityOf = (path: string): Promise<string | null> =>
  stat(path, { bigint: true }).then(
    ({ dev, ino }) => (ino === 0n ? null : `${dev}:${ino}`),
    () => null,
  );

const find = async (place: GuardedPlace): Promise<Found> => ({
  ...place,
  real: await realpath(place.path).catch(() => null),
  identity: await identityOf(place.path),
});

const isInside = ({ path, real, reach, except = [] }: Found, folder: string): boolean => {
  if (except.some((free) => namesBelow(free, folder) !== null)) return false;
  return [path, real ?? path].some((at) => {
    const names = namesBelow(at, folder);
    return names !== null && (names.length === 0 || reach === 'tree');
  });
};

/** The first name in a path that shows that it is part of a home folder. */
const signIn = (folder: string): string | undefined =>
  folder.split(sep).find((name) => homeSigns.includes(name.toLowerCase()));

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/**
 * A sentence that says why, and what to choose instead; `null` when a task may have the folder.
 * @param folder a real path
 */
export async function refusalOf(
  folder: string,
  own: OwnPlaces,
  { platform = process.platform, home = homedir() } = {},
): Promise<string | null> {
  const places = await Promise.all(guardedPlaces(platform, home, own, folder).map(find));
  const identity = await identityOf(folder);
  const same = places.find((place) => isInside(place, folder) || (identity !== null && place.identity === identity));
  if (same) {
    const advice = same.reach === 'itself' ? 'Choose a folder inside it.' : 'Choose a folder with your own files.';
    return `${folder} ${same.reason}. ${advice}`;
  }
  if (isDiskRoot(folder) && platform !== 'win32')
    return `${folder} contains the whole system. Choose a folder inside it.`;
  const inside = places.find(({ real }) => real !== null && namesBelow(folder, real) !== null);
  if (inside) return `${folder} contains ${inside.path}, which ${inside.reason}. Choose a smaller folder.`;
  const sign = signIn(folder);
  if (sign !== undefined) return `${folder} ${signReason(sign.toLowerCase())}. Choose a folder with your own files.`;
  for (const name of homeSigns) {
    if (await isThere(join(folder, name)))
      return `${folder} contains ${name}, which ${signReason(name)}. Choose a smaller folder.`;
  }
  return null;
}
