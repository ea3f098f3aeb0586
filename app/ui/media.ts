/** The width of the page, as far as it decides what is shown. The widths are those of tokens.css. */
import { useSyncExternalStore } from 'react';

const queries = { wide: '(min-width: 900px)', narrow: '(min-width: 680px)' } as const;

/** Follows whether the page is at least that wide. Where there is no media query, it is. */
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

/** Whether the page is at least that wide now. */
export const isAtLeast = (width: keyof typeof queries): boolean => mediaList(width)?.matches ?? true;
