/** A question about a whole command as one plain sentence, such as `Delete 3 files in Reports?`. Pure. */
import type { ForeseenFile } from '../../schema/files-api';
import type { AheadRequest, RunReason } from './ahead-request';
import { shownPath } from './shown-text';

const pathCap = 200;
const shown = (path: string): string => shownPath(path, pathCap);

const why: Readonly<Record<RunReason, string>> = {
  privileged: 'needs administrator rights',
  network: 'wants to use the network',
  long_running: 'keeps running until it is stopped',
};

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');
const nameOf = (path: string): string => path.split('/').at(-1) ?? path;
const counted = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'}`;

/** The folder that contains all of them; empty for the task's own folder. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths.map(folderOf);
  const names = first.split('/');
  const isShared = (length: number): boolean => {
    const start = names.slice(0, length).join('/');
    return others.every((other) => other === start || other.startsWith(`${start}/`));
  };
  let length = names.length;
  while (length > 0 && !isShared(length)) length -= 1;
  return names.slice(0, length).join('/');
}

function one({ path, to, fileKind, fileCount, kind }: ForeseenFile): string {
  const thing = fileKind === 'directory' ? 'the folder ' : fileKind === 'symlink' ? 'the link ' : '';
  const inside = fileKind === 'directory' && fileCount > 0 ? ` with ${counted(fileCount)} in it` : '';
  if (kind === 'change') return `change ${thing}${shown(path)}`;
  if (kind === 'delete' && to === null) return `delete ${thing}${shown(path)}${inside}`;
  if (kind === 'delete') return `move ${thing}${shown(path)}${inside} out of the folder`;
  const isSameFolder = to !== null && folderOf(to) === folderOf(path);
  const verb = isSameFolder ? 'rename' : 'move';
  return `${verb} ${thing}${shown(path)}${inside} to ${shown(to === null ? '' : isSameFolder ? nameOf(to) : to)}`;
}

function several(files: readonly ForeseenFile[], verb: string): string {
  const count = files.reduce((sum, { fileCount }) => sum + fileCount, 0);
  const folder = commonFolder(files.map(({ path }) => path));
  return `${verb} ${counted(count)}${folder === '' ? '' : ` in ${shown(folder)}`}`;
}

function clause(files: readonly ForeseenFile[], verb: string): string[] {
  const [first, ...others] = files;
  if (!first) return [];
  return [others.length === 0 ? one(first) : several(files, verb)];
}

/** Ends with a question mark. */
export function aheadSentence({ files, reasons }: Pick<AheadRequest, 'files' | 'reasons'>): string {
  const run = reasons.length === 0 ? [] : [`run a command that ${reasons.map((reason) => why[reason]).join(' and ')}`];
  const of = (wanted: ForeseenFile['kind']): ForeseenFile[] => files.filter(({ kind }) => kind === wanted);
  const clauses = [
    ...clause(of('delete'), 'delete'),
    ...clause(of('rename'), 'move'),
    ...clause(of('change'), 'change'),
    ...run,
  ];
  const text = clauses.join(', and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}?`;
}
