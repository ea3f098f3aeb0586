/** Finds the scenario for what the person said. */
import type { Scenario } from './scenario';

export interface Matched {
  readonly scenario: Scenario;
  /** What follows `tour: <command>`; empty otherwise */
  readonly argument: string;
}

const commandArgument = (message: string, command: string): string | null => {
  const prefix = /^tour:\s*/i.exec(message)?.[0];
  if (prefix === undefined) return null;
  const rest = message.slice(prefix.length);
  if (!rest.toLowerCase().startsWith(command)) return null;
  const argument = rest.slice(command.length);
  return argument === '' || /^\s/.test(argument) ? argument.trim() : null;
};

const hasWords = (message: string, beginnings: readonly string[]): boolean => {
  const words = message.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return beginnings.every((beginning) => words.some((word) => word.startsWith(beginning)));
};

/**
 * The first scenario that matches. A command matches only its own scenario, so its argument is never read as a request.
 */
export function findScenario(scenarios: readonly Scenario[], message: string): Matched | null {
  for (const scenario of scenarios) {
    const { match } = scenario;
    if ('command' in match) {
      const argument = commandArgument(message, match.command);
      if (argument !== null) return { scenario, argument };
    } else if ('anything' in match) {
      return { scenario, argument: '' };
    } else if (!/^tour:/i.test(message) && match.words.some((words) => hasWords(message, words))) {
      return { scenario, argument: '' };
    }
  }
  return null;
}
