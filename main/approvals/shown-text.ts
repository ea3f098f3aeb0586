/**
 * Makes text from the guest and from file names safe to display in a question. Invisible characters could make one file
 * look like another, or reverse the rest of a line.
 */
import { visibleLine } from '../../node/visible-text';

const pathCap = 1024;
const programCap = 200;
/** How much of a program's text is read at all */
const programLookedAt = 4096;
const shareBefore = 0.4;

const gaps = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
const formats = /[\p{Cf}\p{Cs}]/gu;

/** At most `cap` characters; the middle is cut, because the last name says most. */
function shortened(text: string, cap: number): string {
  if (text.length <= cap) return text;
  const characters = Array.from(text);
  if (characters.length <= cap) return text;
  const before = Math.floor((cap - 1) * shareBefore);
  return `${characters.slice(0, before).join('')}…${characters.slice(before + 1 - cap).join('')}`;
}

/** A path with a mark for each invisible character. */
export const shownPath = (path: string, cap = pathCap): string =>
  shortened(visibleLine(path).replaceAll('\t', '\ufffd'), cap);

/** A program's command line on one line; `null` when nothing is left of it. */
export function shownProgram(text: string | null): string | null {
  if (text === null) return null;
  const line = text.slice(0, programLookedAt).replace(gaps, ' ').replace(formats, '').trim();
  const characters = Array.from(line);
  const capped = characters.length > programCap ? `${characters.slice(0, programCap - 1).join('')}…` : line;
  return capped === '' ? null : capped;
}
