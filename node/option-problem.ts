/** What is wrong with the options of a command, in words for people. */

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown }).code);

/** Reads an error of Node's `parseArgs`. Its message names the option, or the surplus word, in quotes. */
export function optionProblem(error: unknown): string {
  const message = (error as Error).message;
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? [];
  // `-f, --folder <value>` names the option with both spellings and its value.
  const option = /--?[^\s,<]+(?=(?: <value>)?$)/.exec(quoted)?.[0] ?? quoted;
  if (codeOf(error) === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${option}.`;
  if (codeOf(error) !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message;
  return /does not take an argument/.test(message) ? `${option} takes no value.` : `${option} needs a value.`;
}
