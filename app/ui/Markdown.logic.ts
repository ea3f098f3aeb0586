/** A fence opens with three or more of one kind and closes with at least as many of the same. */
const fence = /^ {0,3}(`{3,}|~{3,})/;

/** Lines that may belong to what is above an empty line: list items, indented text, tables and references. */
const continues = /^(\s|[-*+]\s|\d+[.)]\s|>|\||\[|<)/;

/**
 * Cuts growing Markdown into pieces that can be parsed separately, so that a frame of streaming parses only the last
 * piece. Joined, the pieces are the text.
 */
export function splitMarkdown(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let openFence: string | null = null;
  let isAfterEmptyLine = false;
  for (const line of text.split(/(?<=\n)/)) {
    const mark = fence.exec(line)?.[1];
    const startsPiece = openFence === null && isAfterEmptyLine && line.trim() !== '' && !continues.test(line);
    if (startsPiece) {
      pieces.push(piece);
      piece = '';
    }
    piece += line;
    if (mark !== undefined) {
      if (openFence === null) openFence = mark;
      else if (mark.startsWith(openFence) && line.trim() === mark) openFence = null;
    }
    isAfterEmptyLine = line.trim() === '';
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

export type LinkTarget =
  { readonly kind: 'remote'; readonly href: string; readonly host: string } | { readonly kind: 'none' };

/** Where a link leads: to another host, to a mail program, or nowhere that this page could open. */
export function linkTarget(href: string | undefined): LinkTarget {
  if (href === undefined || !/^(https?|mailto):/i.test(href)) return { kind: 'none' };
  try {
    const url = new URL(href);
    return { kind: 'remote', href: url.href, host: url.protocol === 'mailto:' ? url.pathname : url.host };
  } catch {
    // Expected for an address that only looks like one.
    return { kind: 'none' };
  }
}

/** Whether a link's text already names its host, which then isn't repeated. */
export const namesHost = (text: string, host: string): boolean => text.toLowerCase().includes(host.toLowerCase());
