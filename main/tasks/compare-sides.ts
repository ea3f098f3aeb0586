/** A changed file before and after, as previews. */
import type { Preview } from '../../schema/artifacts';
import { previewCapBytes, previewOf } from '../artifacts/preview';

type Side = 'before' | 'after';

/** The start of a file; `path` is `null` for a side without a file, `bytes` is `null` for what can't be shown */
export interface SideContent {
  readonly path: string | null;
  readonly bytes: Uint8Array | null;
  readonly size: number;
}

/** Reads both sides and makes previews of them. @param reason why a side without bytes has no preview */
export async function compareSides(
  read: (side: Side) => Promise<SideContent>,
  reason: string,
): Promise<Record<Side, Preview | null>> {
  const preview = async (side: Side): Promise<Preview | null> => {
    const { path, bytes, size } = await read(side);
    if (path === null) return null;
    if (bytes === null) return { kind: 'none', reason };
    return previewOf(path, bytes.subarray(0, previewCapBytes(path)), size);
  };
  const [before, after] = await Promise.all([preview('before'), preview('after')]);
  return { before, after };
}
