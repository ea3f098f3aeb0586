/** The width of the page, for what depends on it. The widths are those of tokens.css. */
import { useSyncExternalStore } from 'react';

const queries = { wide: '(min-width: 900px)', narrow: '(min-width: 680px)' } as const;

/** Follows whether the page is at least this wide. Without media queries, it is. */
export function useIsAtLeast(width: keyof typeof queries): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = mediaList(width);
      list?.addEventListener('change', listener);
      return () => list?.removeEventListener('change', listener);
    },
    () => isAtLeast(width),
  );
}

const mediaList = (width: keyof typeof queries): MediaQueryList | undefined =>
  typeof window.matchMedia === 'function' ? window.matchMedia(queries[width]) : undefined;

/** Whether the page is at least this wide now. */
export const isAtLeast = (width: keyof typeof queries): boolean => mediaList(width)?.matches ?? true;
