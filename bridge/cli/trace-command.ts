/** `trace REPLAY --behaviour FILE`: what would have been different in a recorded session. */
import { fieldValue, valueText, type Facts } from '../behaviour/evaluate/facts';
import { replay } from '../behaviour/evaluate/replay';
import { CliUsageError, type CliIo } from './cli-io';
import { loadBehaviour } from './load-behaviour';
import { parseRecording } from './recording';

const longestSummary = 80;

/** The event in a few words: what was called, and with what. */
function summary(facts: Facts): string {
  const words = ['tool', 'input.command', 'input.path', 'command', 'prompt', 'text']
    .map((field) => valueText(fieldValue(facts, field)))
    .filter((text) => text !== '');
  const text = [`:${facts.event}`, ...words].join(' ').replaceAll('\n', '⏎');
  return text.length > longestSummary ? `${text.slice(0, longestSummary)}…` : text;
}

/** Returns the exit code: 0 when nothing would have been different, 1 otherwise. */
export async function traceCommand(recording: string, behaviourFile: string, io: CliIo): Promise<number> {
  const text = await io.readText(recording);
  if (text === null) throw new CliUsageError(`${recording} doesn't exist.`);
  const events = parseRecording(text);
  const behaviour = await loadBehaviour(behaviourFile, io);
  if (behaviour === null) return 1;
  const replayed = replay(behaviour.table, events);
  const changed = replayed.flatMap((event, index) => (event.isSame ? [] : [{ ...event, number: index + 1 }]));
  for (const { number, facts, was, now, rules } of changed) {
    io.print(`${number}  ${summary(facts)}`);
    io.print(`    was  ${was}`);
    io.print(`    now  ${now}${rules.length === 0 ? '' : `   (${rules.join(', ')})`}`);
  }
  const total = `${replayed.length} event${replayed.length === 1 ? '' : 's'}`;
  io.print(changed.length === 0 ? `${total}, no differences` : `${total}, ${changed.length} different`);
  return changed.length === 0 ? 0 : 1;
}
