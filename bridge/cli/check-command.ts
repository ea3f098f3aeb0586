/** `check FILE`: whether a behaviour can be used, and what it would do. */
import type { CliIo } from './cli-io';
import { loadBehaviour } from './load-behaviour';

const counted = (count: number, word: string): readonly string[] =>
  count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];

/** Returns the exit code: 0 for a behaviour without mistakes. */
export async function checkCommand(file: string, io: CliIo): Promise<number> {
  const behaviour = await loadBehaviour(file, io);
  if (behaviour === null) return 1;
  const { table, manifest, digest } = behaviour;
  const parts = [
    ...counted(table.rules.length, 'rule'),
    ...counted(table.tools.length, 'tool'),
    ...counted(table.commands.length, 'command'),
    ...counted(table.shortcuts.length, 'shortcut'),
  ];
  io.print(`${file}: ${table.name} ${table.version}, ${parts.length === 0 ? 'nothing in it' : parts.join(', ')}`);
  for (const event of manifest.events) {
    const waits = event.class === 'notification' ? '' : `, answered within ${event.deadlineMs / 1000} s`;
    io.print(`  :${event.name} (${event.class}${waits})`);
  }
  io.print(`  digest ${digest}`);
  return 0;
}
