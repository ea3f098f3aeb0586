/** What is computed about a tool call before any rule is evaluated. */
import { posix } from 'node:path';
import type { JsonValue } from '../behaviour/action';
import type { Facts } from '../behaviour/evaluate/facts';
import type { Act, ActKind } from '../behaviour/vocabulary/acts';
import { foresee } from './foresee';
import type { FolderLook } from './folder-look';
import { readCommand } from './read-command';

export interface ToolUse {
  readonly tool: string;
  readonly input: JsonValue;
  /** Absolute path in the sandbox */
  readonly cwd: string;
}

export type CallFacts = Pick<Facts, 'acts' | 'paths' | 'sentence' | 'privileged' | 'network' | 'longRunning'>;

const shellTools: ReadonlySet<string> = new Set(['bash', 'powershell', 'exec_command', 'system_bash']);
const writingTools: ReadonlySet<string> = new Set(['write', 'edit', 'apply_patch']);

const nothing: CallFacts = {
  acts: [],
  paths: [],
  sentence: '',
  privileged: false,
  network: false,
  longRunning: false,
};

const textOf = (input: JsonValue, name: string): string | null => {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return null;
  const value = (input as Readonly<Record<string, JsonValue>>)[name];
  return typeof value === 'string' ? value : null;
};

const verbs: Partial<Readonly<Record<ActKind, string>>> = {
  delete: 'delete',
  move: 'move',
  rename: 'rename',
  change: 'change',
  create: 'create',
};

/** The acts as text, such as `delete 3 files, rename a.txt`. */
function sentenceOf(acts: readonly Act[]): string {
  const kinds = [...new Set(acts.map(({ kind }) => kind))].filter((kind) => verbs[kind] !== undefined);
  const words = kinds.map((kind) => {
    const some = acts.filter((act) => act.kind === kind);
    const [first] = some;
    const what = some.length === 1 && first ? posix.basename(first.path) : `${some.length} files`;
    return `${verbs[kind] ?? kind} ${what}`;
  });
  return words.join(', ');
}

function shellFacts(command: string, cwd: string, look: FolderLook): CallFacts {
  const { acts, isPrivileged, reachesNetwork, isEndless } = readCommand(command, cwd);
  const files = foresee(acts, look);
  const flags = [
    ...(isPrivileged ? (['privileged'] as const) : []),
    ...(reachesNetwork ? (['network'] as const) : []),
    ...(isEndless ? (['long-running'] as const) : []),
  ].map((kind): Act => ({ kind, path: '', target: '', count: 0 }));
  return {
    acts: [...files, ...flags],
    paths: [...new Set(files.flatMap(({ path, target }) => (target === '' ? [path] : [path, target])))],
    sentence: sentenceOf(files),
    privileged: isPrivileged,
    network: reachesNetwork,
    longRunning: isEndless,
  };
}

function fileFacts(tool: string, path: string, cwd: string, look: FolderLook): CallFacts {
  const full = posix.resolve(cwd, path);
  if (!writingTools.has(tool)) return { ...nothing, paths: [full] };
  const kind = look.kindOf(full) === null ? 'create' : 'change';
  const acts: Act[] = [{ kind, path: full, target: '', count: 1 }];
  return { ...nothing, acts, paths: [full], sentence: sentenceOf(acts) };
}

/** Never throws: a call that can't be parsed has no facts, and the file server asks when it acts. */
export function callFacts({ tool, input, cwd }: ToolUse, look: FolderLook): CallFacts {
  const command = shellTools.has(tool) ? (textOf(input, 'command') ?? textOf(input, 'cmd')) : null;
  if (command !== null) return shellFacts(command, cwd, look);
  const path = textOf(input, 'path') ?? textOf(input, 'file_path');
  return path === null ? nothing : fileFacts(tool, path, cwd, look);
}
