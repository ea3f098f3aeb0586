/**
 * Names of files that programs of this computer run by themselves, and those that they run when somebody builds.
 *
 * | names                                | source                                                                |
 * | ------------------------------------ | --------------------------------------------------------------------- |
 * | `.git`                               | git-config(1), githooks(5), gitrepository-layout(5)                   |
 * | rc files of shells                   | bash(1) "Invocation", zsh(1) "Startup/Shutdown files"                 |
 * | `.vimrc`, `.exrc`, `.gdbinit`        | `:help 'exrc'`; GDB "Auto-loading init file"                          |
 * | `.ssh`, autostart, units             | ssh_config(5), XDG autostart specification, systemd.unit(5)           |
 * | `.envrc`                             | direnv(1)                                                             |
 * | `.vscode`, `.devcontainer`           | VS Code "Tasks", "Workspace Trust"; Dev Containers `initializeCommand` |
 * | `package.json`, `.npmrc`             | npm "scripts", npmrc(5)                                               |
 * | `.gitattributes`, `.gitmodules`      | gitattributes(5), gitmodules(5)                                       |
 */

export interface RunningName {
  /** The last names of a path; `*` is any name */
  readonly names: readonly string[];
  /** Follows "Change … so that" */
  readonly effect: string;
  /** The file is harmless unless its content runs programs */
  readonly isGitConfig?: boolean;
}

const each = (paths: string, effect: string, more: Partial<RunningName> = {}): RunningName[] =>
  paths.split(' ').map((path) => ({ names: path.split('/'), effect, ...more }));

/** Asked before it happens. Written in lower case. */
export const runsByItself: readonly RunningName[] = [
  ...each(
    '.git/config .git/config.worktree .git/modules/*/config .git/worktrees/*/config.worktree',
    "git runs a program of the agent's",
    { isGitConfig: true },
  ),
  ...each('.git/hooks/* .git/modules/*/hooks/*', "git runs a program of the agent's"),
  ...each('.git', 'git uses settings from another folder, which can run programs'),
  ...each(
    '.bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv .zprofile .zlogin .zlogout .config/fish/config.fish',
    "every new terminal runs the agent's commands",
  ),
  ...each('.envrc', "a terminal in this folder runs the agent's commands"),
  ...each('.vimrc .exrc .nvimrc .nvim.lua .gdbinit .lldbinit', "an editor or debugger runs the agent's commands"),
  ...each('.ssh/config .ssh/rc .ssh/authorized_keys .ssh/environment', 'others can get in, or ssh runs a program'),
  ...each(
    '.config/autostart/* .config/systemd/user/* library/launchagents/* autorun.inf',
    "this computer starts a program of the agent's",
  ),
  ...each(
    '.vscode/tasks.json .vscode/settings.json .devcontainer.json .devcontainer/devcontainer.json',
    "an editor runs the agent's commands when it opens the folder",
  ),
  ...each(
    '.claude/settings.json .claude/settings.local.json .mcp.json .cursor/mcp.json',
    "another agent runs the agent's commands",
  ),
];

/** Named after the turn. */
export const runsWhenBuilt: readonly (readonly string[])[] =
  'package.json .npmrc .yarnrc .yarnrc.yml .pnpmfile.cjs makefile gnumakefile makefile.local *.mk cmakelists.txt build.gradle build.gradle.kts pom.xml build.rs .cargo/config.toml setup.py conftest.py pyproject.toml tox.ini rakefile gemfile justfile dockerfile .gitattributes .gitmodules .pre-commit-config.yaml .husky/* .github/workflows/*'
    .split(' ')
    .map((path) => path.split('/'));

/** Characters that some disks leave out of names */
const ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** A name as a disk that folds names takes it: in another case, with an ending that Windows drops, or as its short name. */
export function foldedName(name: string): string {
  const folded = name.normalize('NFC').replace(ignored, '').toLowerCase();
  const plain = (folded.split(':')[0] ?? '').replace(/[. ]+$/, '');
  return /^git~\d$/.test(plain) ? '.git' : plain || folded;
}

const isLike = (pattern: string, name: string): boolean =>
  pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : pattern === name;

const endsLike = (names: readonly string[], pattern: readonly string[]): boolean =>
  names.length >= pattern.length &&
  pattern.every((each, index) => isLike(each, names[names.length - pattern.length + index] ?? ''));

/** What programs do with a file of these names by themselves; `null` for nothing. */
export function runningName(names: readonly string[]): RunningName | null {
  const folded = names.map(foldedName);
  // git copies examples of hooks, and runs none of them.
  if (folded.at(-2) === 'hooks' && folded.at(-1)?.endsWith('.sample')) return null;
  return runsByItself.find((each) => endsLike(folded, each.names)) ?? null;
}

/** The first of the names that could be below a folder of these names, which is replaced as a whole. */
export function runningBelow(names: readonly string[]): RunningName | null {
  const folded = names.map(foldedName);
  const parts = (each: RunningName): (readonly string[])[] =>
    each.names.slice(0, -1).map((_, end) => each.names.slice(0, end + 1));
  return runsByItself.find((each) => parts(each).some((part) => endsLike(folded, part))) ?? null;
}

/** Whether programs run a file of these names when somebody builds. */
export const isBuilt = (names: readonly string[]): boolean => {
  const folded = names.map(foldedName);
  return runsWhenBuilt.some((pattern) => endsLike(folded, pattern));
};

/** Keys of git's settings that run programs, or read other settings that may. */
const gitKeys =
  /^\s*(fsmonitor|hookspath|sshcommand|gitproxy|askpass|pager|editor|external|command|textconv|driver|clean|smudge|process|helper|program|uploadpack|receivepack|vcs|cmd|templatedir|allow)\s*=|^\s*update\s*=\s*!/im;
const gitSections =
  /^\s*\[\s*(include|includeif|alias|pager|filter|difftool|mergetool|protocol|tar|browser|man|guitool)\b/im;

/** Whether settings of git run programs. A value that only turns something on or off runs none. */
export function gitConfigRuns(text: string): boolean {
  const joined = text.replace(/\\\r?\n/g, '').replace(/\]\s*(?=\S)/g, ']\n');
  const lines = joined
    .split('\n')
    .filter((line) => !/^\s*(fsmonitor|pager)\s*=\s*(true|false|yes|no|on|off|0|1)?\s*$/i.test(line));
  const kept = lines.join('\n');
  return gitKeys.test(kept) || gitSections.test(kept);
}
