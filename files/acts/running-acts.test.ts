import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openFolder } from '../confined/open-folder';
import type { FolderFiles } from '../folder/folder-files';
import { statusIfThere } from '../folder/status-if-there';
import type { ChangeKind, IntendedChange } from '../server/intended-change';
import { runningQuestion } from './running-acts';
import { gitConfigRuns, isBuilt } from './running-names';

let root: string;
let files: FolderFiles;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'piwork-running-'));
  files = openFolder(root);
});
afterEach(() => {
  files.close();
  rmSync(root, { recursive: true });
});

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const change = (kind: ChangeKind, path: string, to?: string): IntendedChange => ({
  ...{ kind, taskId: 'task-1', area: 'folder', names: path.split('/'), caller: { pid: 7, uid: 1000 } },
  status: statusIfThere(files, path.split('/')),
  ...(to !== undefined && { to: to.split('/') }),
});
const question = (kind: ChangeKind, path: string, to?: string) => runningQuestion(change(kind, path, to), files);

test.each([
  '.git/config',
  '.git/hooks/pre-commit',
  'deep/in/.git/hooks/post-checkout',
  '.git/modules/lib/hooks/pre-push',
  '.bashrc',
  '.envrc',
  '.ssh/authorized_keys',
  '.config/autostart/x.desktop',
  '.vscode/tasks.json',
  'sub/.devcontainer/devcontainer.json',
  '.GIT/Config',
  '.Git/hooks/Pre-Commit',
  'git~1/config',
  '.g\u200cit/config',
  '.git./config',
  '.git::$INDEX_ALLOCATION/config',
  '.BASHRC',
])('creating or writing %s is asked', (path) => {
  expect(question('create', path)).toMatch(/^Change .* so that .*\?$/);
  expect(question('content', path)).toMatch(/^Change .* so that .*\?$/);
});

test('the question says what the file does', () => {
  expect(question('content', '.git/config')).toBe("Change .git/config so that git runs a program of the agent's?");
});

test.each([
  'a.txt',
  '.git/index',
  '.git/hooks/pre-commit.sample',
  '.gitignore',
  'config',
  'hooks/pre-commit',
  '.vscode/x',
  'package.json',
])('%s is not asked', (path) => {
  expect(question('create', path)).toBeNull();
  expect(question('content', path)).toBeNull();
});

test('what git itself writes is not asked: init, an identity, a remote, a branch', () => {
  const git = (...words: string[]) => execFileSync('git', ['-C', root, ...words], { stdio: 'pipe' });
  git('init', '-q');
  const steps = [
    ['config', 'user.name', 'Sam'],
    ['config', 'user.email', 'sam@example.org'],
    ['config', 'core.fsmonitor', 'true'],
    ['remote', 'add', 'origin', 'https://example.org/a.git'],
    ['config', 'branch.main.remote', 'origin'],
    ['config', 'pull.rebase', 'true'],
  ];
  for (const words of steps) {
    git(...words);
    write('.git/config.lock', readFileSync(join(root, '.git/config'), 'utf8'));
    expect(question('create', '.git/config.lock')).toBeNull();
    expect(question('rename', '.git/config.lock', '.git/config')).toBeNull();
    rmSync(join(root, '.git/config.lock'));
  }
});

test.each([
  '[core]\n\tfsmonitor = ./evil.sh\n',
  '[core]\n\thooksPath = .hooks\n',
  '[core] sshCommand = ./evil\n',
  '[CORE]\n\tFsMonitor=./evil\n',
  '[alias]\n\tst = !./evil\n',
  '[filter "x"]\n\tclean = ./evil\n',
  '[diff "x"]\n\ttextconv = ./evil\n',
  '[merge "x"]\n\tdriver = ./evil\n',
  '[include]\n\tpath = ../evil\n',
  '[core]\n\tfsmoni\\\ntor = ./evil\n',
  '[submodule "x"]\n\tupdate = !./evil\n',
  '[gpg]\n\tprogram = ./evil\n',
  '[credential]\n\thelper = !./evil\n',
])('settings of git that run a program are asked when they get their name: %j', (text) => {
  expect(gitConfigRuns(text)).toBe(true);
  write('.git/config.lock', text);
  expect(question('rename', '.git/config.lock', '.git/config')).toMatch(/git runs a program/);
});

test('a program that is prepared elsewhere is asked when its folder gets the name', () => {
  write('prepared/hooks/pre-commit', 'evil');
  expect(question('rename', 'prepared', '.git')).toMatch(/^Change \.git\/hooks\/pre-commit so that/);
  write('hooks/pre-commit', 'evil');
  expect(question('rename', 'hooks', '.git/hooks')).toMatch(/pre-commit/);
  // A project that is moved as it is.
  write('project/.git/hooks/pre-commit', 'as before');
  expect(question('rename', 'project', 'renamed')).toBeNull();
});

test('links in the place of such files and folders are asked', () => {
  for (const path of ['.git', '.git/hooks', '.git/config', '.ssh', '.vscode'])
    expect(question('makeSymlink', path)).toMatch(/^Change/);
  write('evil', '');
  expect(question('makeHardLink', 'evil', '.git/hooks/pre-commit')).toMatch(/pre-commit/);
  write('.git/config', '');
  expect(question('makeHardLink', '.git/config', 'innocent')).toMatch(/config/);
});

test('what runs when somebody builds', () => {
  for (const path of [
    'package.json',
    'a/Makefile',
    'rules.mk',
    '.npmrc',
    '.gitattributes',
    '.gitmodules',
    '.GitModules',
  ])
    expect(isBuilt(path.split('/'))).toBe(true);
  for (const path of ['a.txt', 'package.json.md', 'src/main.ts']) expect(isBuilt(path.split('/'))).toBe(false);
});

test('two names that change places are asked for what each becomes', () => {
  write('payload', '#!/bin/sh\n');
  write('.git/hooks/pre-commit', '#!/bin/sh\n');
  const expected = "Change .git/hooks/pre-commit so that git runs a program of the agent's?";
  expect(question('exchange', 'payload', '.git/hooks/pre-commit')).toBe(expected);
  expect(question('exchange', '.git/hooks/pre-commit', 'payload')).toBe(expected);
  write('other', 'text');
  expect(question('exchange', 'payload', 'other')).toBeNull();
});
