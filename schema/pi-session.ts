/** pi's session file: JSON Lines, one entry per line. */
import { piSessionEntry, type PiSessionEntry } from './pi-records';

/** The lines of a session file as entries, without an incomplete last line and anything that isn't JSON. */
export function parseSession(text: string): PiSessionEntry[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      const entry = piSessionEntry.safeParse(JSON.parse(line));
      return entry.success ? [entry.data] : [];
    } catch {
      // A line that was being written when the power failed.
      return [];
    }
  });
}
