/** What certain programs do with their words, as far as it matters here. Data and pure functions. */

/** They run their words as another program. */
export const wrappers: ReadonlyMap<string, number> = new Map([
  // How many of the wrapper's own words come before the program, without options
  ['sudo', 0],
  ['doas', 0],
  ['env', 0],
  ['nice', 0],
  ['ionice', 0],
  ['nohup', 0],
  ['setsid', 0],
  ['stdbuf', 0],
  ['command', 0],
  ['exec', 0],
  ['builtin', 0],
  ['time', 0],
  ['timeout', 1],
  ['busybox', 0],
]);

/** Options of wrappers that take the next word as their value. */
export const wrapperOptions: ReadonlySet<string> = new Set(['-u', '-g', '-n', '-s', '-k', '-C', '-o', '-e', '-i']);

const privileged: ReadonlySet<string> = new Set(['sudo', 'doas', 'su', 'pkexec', 'mount', 'umount', 'insmod']);

/** Whether a program only prints something about itself. */
const describesItself = ([first, ...more]: readonly string[]): boolean =>
  more.length === 0 && (first === '--help' || first === '--version' || first === '-V');

/** `mount` without a target lists the mounts, possibly only of some types. */
const isListOfMounts = (words: readonly string[]): boolean =>
  words.every(
    (word, index) =>
      /^(?:-l|-v|-lv|-vl|--verbose|--show-labels|-t.*|--types(?:=.*)?)$/.test(word) ||
      /^(?:-t|--types)$/.test(words[index - 1] ?? ''),
  );

/** Whether a program needs administrator rights for these words. */
export function isPrivileged(program: string, words: readonly string[]): boolean {
  if (!privileged.has(program) || describesItself(words)) return false;
  return program !== 'mount' || !isListOfMounts(words);
}

export const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'zsh']);

const networkPrograms: ReadonlySet<string> = new Set(
  'curl wget ssh scp sftp ftp telnet nc ncat socat ping dig nslookup host aria2c'.split(' '),
);
const networkWords: Readonly<Record<string, readonly string[]>> = {
  git: ['clone', 'fetch', 'pull', 'push', 'ls-remote'],
  npm: ['install', 'i', 'ci', 'update', 'publish', 'view', 'audit'],
  pip: ['install', 'download'],
  pip3: ['install', 'download'],
  cargo: ['install', 'fetch', 'publish'],
  go: ['get', 'install'],
  apt: ['install', 'update', 'upgrade'],
  'apt-get': ['install', 'update', 'upgrade'],
};

const firstWord = (words: readonly string[]): string => words.find((word) => !word.startsWith('-')) ?? '';

/** Whether a program's purpose is to reach other computers. */
export function reachesNetwork(program: string, words: readonly string[]): boolean {
  if (networkPrograms.has(program)) return true;
  if (program === 'rsync') return words.some((word) => /^[^/]+:/.test(word));
  return networkWords[program]?.includes(firstWord(words)) ?? false;
}

const longSleepSeconds = 600;

/** Whether a program runs until it is stopped, or longer than anybody would wait. */
export function isEndless(program: string, words: readonly string[]): boolean {
  if (describesItself(words)) return false;
  switch (program) {
    case 'watch':
    case 'yes':
      return true;
    case 'top':
      // With a number of repetitions it ends.
      return !words.some((word) => /^-[a-zA-Z]*n\d*$/.test(word));
    case 'tail':
      return words.some((word) => /^-[a-zA-Z]*[fF]$/.test(word) || word.startsWith('--follow'));
    case 'sleep':
      return words.some((word) => word === 'infinity' || Number.parseFloat(word) * unitOf(word) > longSleepSeconds);
    case 'python':
    case 'python3':
      return words.includes('-m') && words.includes('http.server');
    case 'npm':
      return firstWord(words) === 'start' || (words[0] === 'run' && /^(dev|start|serve|watch)$/.test(words[1] ?? ''));
    default:
      return false;
  }
}

const seconds: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };
const unitOf = (word: string): number => seconds[word.at(-1) ?? ''] ?? 1;
