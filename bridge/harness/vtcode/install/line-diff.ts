/** The difference between two texts, where one is the other plus lines at one place. Pure. */

const contextLines = 3;

/** In diff notation, without headers; empty when nothing changes. */
export function lineDiff(before: string, after: string): string {
  if (before === after) return '';
  const [old, now] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const marked = (mark: string, lines: readonly string[]): readonly string[] => lines.map((line) => `${mark}${line}`);
  return [
    ...marked(' ', old.slice(Math.max(0, head - contextLines), head)),
    ...marked('-', old.slice(head, old.length - tail)),
    ...marked('+', now.slice(head, now.length - tail)),
    ...marked(' ', old.slice(old.length - tail, old.length - tail + contextLines)),
  ].join('\n');
}
