/** A conversation as plain lines: text as it streams, one line per tool. */
import type { ConversationChange, ConversationItem } from '../../../schema/conversation';
import type { Terminal } from './terminal';

/** How many characters of each assistant message have been printed. */
export type Printed = ReadonlyMap<string, number>;

/** The argument that says most about a tool call. */
export function toolLine({ toolName, args }: Extract<ConversationItem, { kind: 'tool' }>): string {
  const main = ['command', 'path', 'file_path', 'pattern', 'question']
    .map((name) => args[name])
    .find((value) => typeof value === 'string');
  const line = typeof main === 'string' ? (main.split('\n')[0] ?? '') : '';
  return `› ${toolName}${line === '' ? '' : ` ${line.slice(0, 100)}`}`;
}

/** Prints what a change added, and returns how much has been printed. */
export function describeItem(
  items: readonly ConversationItem[],
  change: ConversationChange,
  printed: Printed,
  terminal: Pick<Terminal, 'lines' | 'text'>,
): Printed {
  // Already printed, or gone with a turn that was undone.
  if (change.type === 'replace') return printed;
  const id = change.type === 'add' ? change.item.id : change.id;
  const item = items.findLast((candidate) => candidate.id === id);
  if (!item || item.kind === 'user') return printed;
  if (item.kind === 'assistant') {
    const before = printed.get(id) ?? 0;
    if (item.text.length === before) return printed;
    terminal.text((before === 0 ? '\n' : '') + item.text.slice(before));
    return new Map(printed).set(id, item.text.length);
  }
  if (change.type === 'add') terminal.lines('', item.kind === 'tool' ? toolLine(item) : `! ${item.text}`);
  else if (change.type === 'patch' && item.kind === 'tool' && change.patch.status === 'failed')
    terminal.lines('  failed');
  return printed;
}
