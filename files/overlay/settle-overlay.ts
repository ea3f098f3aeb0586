/** The overlay that remains when some of its changes were applied to the folder below or discarded. Pure. */
import type { Names } from '../folder/folder-files';
import type { OverlayChange } from './overlay-changes';
import { newNode, OverlayTree, type Base, type Origin } from './overlay-tree';

const isWithinOrSame = (names: Names, above: Names): boolean => above.every((name, index) => names[index] === name);

/** A place in the folder below after some of its names were moved. */
function movedPlace(names: Names, moves: readonly OverlayChange[]): Names {
  // The innermost move counts: what was moved out of a moved directory moved separately.
  const [move] = moves
    .filter(({ from }) => from !== null && isWithinOrSame(names, from))
    .sort((one, other) => (other.from?.length ?? 0) - (one.from?.length ?? 0));
  return move?.from && move.to ? [...move.to, ...names.slice(move.from.length)] : names;
}

function rebased(base: Base, moves: readonly OverlayChange[]): Base {
  const moved = (origin: Origin | null): Origin | null =>
    origin && { ...origin, names: movedPlace(origin.names, moves) };
  const replaces = moved(base.replaces);
  return base.from === 'folder'
    ? { ...base, names: movedPlace(base.names, moves), replaces }
    : { ...base, origin: moved(base.origin), replaces };
}

/** @param applied changes that the folder below now has */
export function afterApply(all: readonly OverlayChange[], applied: readonly OverlayChange[]): OverlayTree {
  const left = new OverlayTree();
  const isApplied = new Set(applied.map(({ id }) => id));
  const moves = applied.filter(({ kind }) => kind === 'renamed');
  const pending = all.filter(({ id }) => !isApplied.has(id));
  // Parents come first, so that each finds its place.
  for (const { to, node } of pending) {
    if (!to || !node) continue;
    left.put(to, { ...newNode(rebased(node.base, moves)), mode: node.mode, times: node.times });
  }
  for (const { from, kind } of pending) {
    if (!from || (kind !== 'deleted' && kind !== 'renamed')) continue;
    const place = movedPlace(from, moves);
    if (left.find(place).kind === 'folder') left.hide(place, true);
  }
  return left;
}

/** Includes everything inside discarded directories, and what came in the place of something whose deletion is discarded. */
export function withInner(all: readonly OverlayChange[], chosen: ReadonlySet<string>): readonly OverlayChange[] {
  const given = all.filter(({ id, needs }) => chosen.has(id) || (needs !== null && chosen.has(needs)));
  const isGiven = new Set(given.map(({ id }) => id));
  const places = given.filter(({ fileKind }) => fileKind === 'directory').map(({ to }) => to);
  return all.filter(
    ({ id, to }) =>
      isGiven.has(id) || (to !== null && places.some((place) => place !== null && isWithinOrSame(to, place))),
  );
}

/** @param given changes that aren't wanted; the folder below shows through again */
export function afterDiscard(all: readonly OverlayChange[], given: readonly OverlayChange[]): OverlayTree {
  const isGiven = new Set(given.map(({ id }) => id));
  return afterApply(
    all.filter(({ id }) => !isGiven.has(id)),
    [],
  );
}
