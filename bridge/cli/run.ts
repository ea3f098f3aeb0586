/** The words after `bridge`, and the command that they select. */
import { parseArgs } from 'node:util';
import { optionProblem } from '../../node/option-problem';
import { checkCommand } from './check-command';
import { CliUsageError, type CliIo } from './cli-io';
import { explainCommand } from './explain-command';
import { fmtCommand } from './fmt-command';
import { manifestCommand } from './manifest-command';
import { traceCommand } from './trace-command';

const bridgeUsage = `Behaviour files say in a few lines what the agent may do and what happens for it.

  npm start -- bridge check FILE              check it; reports mistakes with file, line and column
  npm start -- bridge explain FILE --event JSON
                                              show which rules fire for an event, and why the others don't, such as
                                              --event '{"event":"tool-call","tool":"bash","input":{"command":"ls"}}'
                                              (--event - reads standard input, --event-file FILE a file)
      --folder DIR                            the task's folder, where a command's effects are checked
                                              (default: here)
  npm start -- bridge fmt FILE [--check]      format it, or check whether it is formatted
  npm start -- bridge trace REPLAY.jsonl --behaviour FILE
                                              show what would differ in a recorded session
  npm start -- bridge manifest FILE [--out FILE]
                                              print what the harness receives, as JSON or as a Cap'n Proto message
`;

const options = {
  event: { type: 'string' },
  'event-file': { type: 'string' },
  folder: { type: 'string' },
  check: { type: 'boolean' },
  behaviour: { type: 'string' },
  out: { type: 'string' },
} as const;

type OptionName = keyof typeof options;

const optionsOf: Readonly<Record<string, readonly OptionName[]>> = {
  check: [],
  explain: ['event', 'event-file', 'folder'],
  fmt: ['check'],
  trace: ['behaviour'],
  manifest: ['out'],
};

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new CliUsageError(optionProblem(error));
  }
}

type Values = ReturnType<typeof parse>['values'];

async function eventText(values: Values, io: CliIo): Promise<string> {
  if (values['event-file'] !== undefined) {
    const text = await io.readText(values['event-file']);
    if (text === null) throw new CliUsageError(`${values['event-file']} doesn't exist.`);
    return text;
  }
  if (values.event === undefined) throw new CliUsageError('Give the event: --event \'{"event":"tool-call", …}\'');
  return values.event === '-' ? ((await io.readText('-')) ?? '') : values.event;
}

async function execute(words: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(words);
  const [command, file, ...more] = positionals;
  if (command === undefined || command === 'help') {
    io.print(bridgeUsage);
    return 0;
  }
  const known = optionsOf[command];
  if (known === undefined) throw new CliUsageError(`There is no "bridge ${command}".`);
  const stray = (Object.keys(values) as OptionName[]).find((name) => !known.includes(name));
  if (stray !== undefined) throw new CliUsageError(`"bridge ${command}" takes no --${stray}.`);
  if (file === undefined || more.length > 0) throw new CliUsageError(`"bridge ${command}" takes one file.`);
  switch (command) {
    case 'explain':
      return explainCommand({ file, event: await eventText(values, io), folder: values.folder ?? '.' }, io);
    case 'fmt':
      return fmtCommand(file, values.check ?? false, io);
    case 'trace':
      if (values.behaviour === undefined) throw new CliUsageError('Name the behaviour: --behaviour FILE');
      return traceCommand(file, values.behaviour, io);
    case 'manifest':
      return manifestCommand(file, values.out ?? null, io);
    default:
      return checkCommand(file, io);
  }
}

/** Runs one command. Returns the exit code: 0 success, 1 a mistake or a difference, 2 the command wasn't understood. */
export async function runBridgeCli(words: readonly string[], io: CliIo): Promise<number> {
  try {
    return await execute(words, io);
  } catch (error) {
    if (!(error instanceof CliUsageError)) throw error;
    io.complain(error.message);
    io.complain('All commands: npm start -- bridge help');
    return 2;
  }
}
