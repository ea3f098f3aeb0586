/** What programs do, picked at random. */
import type { Random } from '../../journal/test/random-operations';
import type { Guest } from './guest';

const pick = <T>(random: Random, from: readonly [T, ...T[]]): T => from[random(from.length)] ?? from[0];
/** Few names, so that programs collide. */
export const somePath = (random: Random): string =>
  Array.from({ length: 1 + random(3) }, () => pick(random, ['a', 'b', 'c'])).join('/');

export interface World {
  readonly guest: Guest;
  readonly random: Random;
  /** A content that nothing else has */
  readonly unique: () => string;
}

const programs: readonly [(world: World) => void, ...((world: World) => void)[]] = [
  ({ guest, random }) => guest.remove(somePath(random)),
  ({ guest, random }) => guest.remove(somePath(random)),
  ({ guest, random }) => guest.removeAll(somePath(random)),
  ({ guest, random }) => guest.removeDirectory(somePath(random)),
  ({ guest, random }) => guest.rename(somePath(random), somePath(random)),
  ({ guest, random }) => guest.rename(somePath(random), somePath(random)),
  ({ guest, random }) => guest.exchange(somePath(random), somePath(random)),
  ({ guest, random, unique }) => guest.save(somePath(random), unique()),
  ({ guest, random, unique }) => guest.save(somePath(random), unique()),
  ({ guest, random, unique }) => guest.overwrite(somePath(random), unique()),
  ({ guest, random, unique }) => guest.create(somePath(random), unique()),
  ({ guest, random }) => guest.makeDirectory(somePath(random)),
  ({ guest, random }) => guest.link(somePath(random), somePath(random)),
  ({ guest, random }) => guest.symlink('/dev/null', somePath(random)),
  ({ guest, random }) => guest.copy(somePath(random), somePath(random)),
  ({ guest, random }) => guest.copyAll(somePath(random), somePath(random)),
];

/** Runs one program. @throws Errno when the folder or the person refuses */
export const runProgram = (world: World): void => pick(world.random, programs)(world);
