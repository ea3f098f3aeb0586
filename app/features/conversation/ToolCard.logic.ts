import type { ConversationItem } from '../../../schema/conversation';

export type ToolItem = Extract<ConversationItem, { kind: 'tool' }>;

/** What kind of thing a tool does; selects the icon. */
export type ToolIcon = 'read' | 'write' | 'edit' | 'run' | 'list' | 'search' | 'other';

interface Words {
  readonly icon: ToolIcon;
  /** Words for when it is done, while it runs, and when it failed */
  readonly done: string;
  readonly running: string;
  readonly failed: string;
}

const words: Readonly<Record<string, Words>> = {
  read: { icon: 'read', done: 'Read', running: 'Reading', failed: "Couldn't read" },
  write: { icon: 'write', done: 'Created', running: 'Creating', failed: "Couldn't create" },
  edit: { icon: 'edit', done: 'Changed', running: 'Changing', failed: "Couldn't change" },
  bash: { icon: 'run', done: 'Ran', running: 'Running', failed: 'Ran' },
  ls: { icon: 'list', done: 'Listed', running: 'Listing', failed: "Couldn't list" },
  grep: { icon: 'search', done: 'Searched for', running: 'Searching for', failed: "Couldn't search for" },
  find: { icon: 'search', done: 'Looked for', running: 'Looking for', failed: "Couldn't look for" },
};

/** Longer command lines are cut; the open card shows all of it, in `characters` */
const longestSubject = 160;

const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

/** A path as the person knows it: relative to the folder, and the task's own files by their area. */
export function plainPath(path: string): string {
  const inTask = /^\/mnt\/taskstate\/[^/]+\/(outputs|uploads)\/?(.*)$/.exec(path);
  if (inTask) return inTask[2] ? inTask[2] : `the ${inTask[1] ?? ''}`;
  const inFolder = path.replace(/^\/mnt\/workdir(\/|$)/, '').replace(/^\.(\/|$)/, '');
  return inFolder === '' ? 'the folder' : inFolder;
}

/** A script that an interpreter reads from its input; its first line says little. */
const inlineScript = /^(python3?|node|bash|sh|perl|ruby)\b[^\n|;&]*<<-?\s*['"]?\w+['"]?\s*\n/;

const commandLine = (command: string): string => {
  const interpreter = inlineScript.exec(command.trim())?.[1];
  return interpreter === undefined ? shorten(command) : `${interpreter} script`;
};

function shorten(line: string): string {
  const [first = '', ...rest] = line.trim().split('\n');
  const isCut = rest.length > 0 || first.length > longestSubject;
  return isCut ? `${first.slice(0, longestSubject).trimEnd()} …` : first;
}

/** What the tool was used on, from the most telling argument. */
function subjectOf({ toolName, args }: Pick<ToolItem, 'toolName' | 'args'>): string | null {
  const path = text(args.path) ?? text(args.file_path);
  switch (toolName) {
    case 'bash': {
      const command = text(args.command);
      return command && commandLine(command);
    }
    case 'grep':
    case 'find': {
      const pattern = text(args.pattern);
      return pattern && `${pattern}${path ? ` in ${plainPath(path)}` : ''}`;
    }
    case 'ls':
      return path ? plainPath(path) : 'the folder';
    default: {
      if (path) return plainPath(path);
      const first = Object.values(args).map(text).find(Boolean);
      return first ? shorten(first) : null;
    }
  }
}

/** One line in plain language: `Read notes.txt`, `Running find . -type f`, `Created summary.md`. */
export function toolLine(item: Pick<ToolItem, 'toolName' | 'args' | 'status'>): string {
  const subject = subjectOf(item);
  const known = Object.hasOwn(words, item.toolName) ? words[item.toolName] : undefined;
  if (!known) {
    const verb = item.status === 'pending' || item.status === 'running' ? 'Using' : 'Used';
    return subject ? `${verb} ${item.toolName}: ${subject}` : `${verb} ${item.toolName}`;
  }
  const verb = item.status === 'done' ? known.done : item.status === 'failed' ? known.failed : known.running;
  return subject ? `${verb} ${subject}` : `${verb} …`;
}

export const toolIcon = (toolName: string): ToolIcon =>
  (Object.hasOwn(words, toolName) ? words[toolName]?.icon : undefined) ?? 'other';

export interface Edit {
  readonly before: string;
  readonly after: string;
}

/** Arguments in the form that is easiest to read. */
export type ToolInput =
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'content'; readonly path: string; readonly text: string }
  | { readonly kind: 'edits'; readonly edits: readonly Edit[] }
  | { readonly kind: 'fields'; readonly fields: readonly (readonly [string, string])[] };

const editOf = (value: unknown): Edit | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { oldText, newText } = value as { oldText?: unknown; newText?: unknown };
  return typeof oldText === 'string' && typeof newText === 'string' ? { before: oldText, after: newText } : null;
};

/** How a tool's arguments are shown in its open card. */
export function toolInput({ toolName, args }: Pick<ToolItem, 'toolName' | 'args'>): ToolInput {
  if (toolName === 'bash' && typeof args.command === 'string') return { kind: 'command', text: args.command };
  if (toolName === 'write' && typeof args.content === 'string') {
    return { kind: 'content', path: text(args.path) ?? '', text: args.content };
  }
  if (toolName === 'edit') {
    const many: readonly unknown[] = Array.isArray(args.edits) ? args.edits : [args];
    const edits = many.map(editOf).filter((edit) => edit !== null);
    if (edits.length > 0) return { kind: 'edits', edits };
  }
  const fields = Object.entries(args).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value, null, 2)] as const,
  );
  return { kind: 'fields', fields };
}

/** What pi adds to the output of a command that was stopped */
const stoppedMark = /\n?Command aborted\s*$/;

/** The first line that says why a tool failed, for the closed card. */
export const failureLine = (output: string): string => {
  if (stoppedMark.test(output)) return 'stopped';
  const line = output.split('\n').find((candidate) => candidate.trim() !== '') ?? 'No reason given.';
  return line.length > longestSubject ? `${line.slice(0, longestSubject).trimEnd()} …` : line.trim();
};
