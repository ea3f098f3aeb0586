/** Times, sizes and amounts as people read them. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago, short: `now`, `5 min`, `3 h`, `2 d`, then the date. */
export function formatAgo(at: number, now: number): string {
  const agoMs = Math.max(0, now - at);
  if (agoMs < minuteMs) return 'now';
  if (agoMs < hourMs) return `${Math.floor(agoMs / minuteMs)} min`;
  if (agoMs < dayMs) return `${Math.floor(agoMs / hourMs)} h`;
  if (agoMs < 7 * dayMs) return `${Math.floor(agoMs / dayMs)} d`;
  return new Date(at).toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}

/** The time of the day, `14:05`. */
export const formatClock = (at: number): string =>
  new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });

/** A day, `21 Nov 2025`. */
export const formatDay = (at: number): string =>
  new Date(at).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** A duration: `< 0.1 s`, `0.4 s`, `12 s`, `3 min 5 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 100) return '< 0.1 s';
  if (durationMs < 10_000) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A size in decimal units: `812 B`, `1.2 kB`, `41 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power] ?? 'B'}`;
}

/** A number of tokens: `640`, `4.2k`, `1.3M`. */
export function formatTokens(count: number): string {
  if (count < 1000) return String(count);
  if (count < 1_000_000) return `${(count / 1000).toFixed(count < 10_000 ? 1 : 0)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/** A cost in US dollars; amounts below a cent are shown as such. */
export function formatCost(dollars: number): string {
  if (dollars === 0) return 'free';
  return dollars < 0.01 ? '< $0.01' : `$${dollars.toFixed(2)}`;
}

/** A path with the home folder as `~`. */
export function shortPath(path: string, home: string): string {
  if (home !== '' && path === home) return '~';
  return home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** The last name of a path, by either separator. */
export const baseName = (path: string): string => path.split(/[\\/]/).findLast((name) => name !== '') ?? path;

/** `1 file`, `3 files`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
