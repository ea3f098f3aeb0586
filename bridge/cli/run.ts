/** The words after `bridge`, and the command that they name. */
import { parseArgs } from 'node:util';
import { checkCommand } from './check-command';
import { CliUsageError, type CliIo } from './cli-io';
import { explainCommand } from './explain-command';

export const bridgeUsage = `Behaviour files say in a few lines what the agent may do, and what is done for it.

  npm start -- bridge check FILE              whether it can be used; mistakes with file, line and column
  npm start -- bridge explain FILE --event JSON
                                              which rules fire for an event, and why the others do not, such as
                                              --event '{"event":"tool-call","tool":"bash","input":{"command":"ls"}}'
                                              --event-file FILE and --event - (standard input) take it from elsewhere
`;

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: { event: { type: 'string' }, 'event-file': { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new CliUsageError((error as Error).message);
  }
}

async function eventText(values: ReturnType<typeof parse>['values'], io: CliIo): Promise<string> {
  if (values['event-file'] !== undefined) {
    const text = await io.readText(values['event-file']);
    if (text === null) throw new CliUsageError(`There is no file ${values['event-file']}.`);
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
  if (file === undefined || more.length > 0) throw new CliUsageError(`"bridge ${command}" takes one file.`);
  switch (command) {
    case 'check':
      return checkCommand(file, io);
    case 'explain':
      return explainCommand(file, await eventText(values, io), io);
    default:
      throw new CliUsageError(`There is no "bridge ${command}".`);
  }
}

/** Runs one command; answers with the exit code: 0 well, 1 a mistake was found, 2 it could not be understood. */
export async function runBridgeCli(words: readonly string[], io: CliIo): Promise<number> {
  try {
    return await execute(words, io);
  } catch (error) {
    if (!(error instanceof CliUsageError)) throw error;
    io.complain(`${error.message}\n\n${bridgeUsage}`);
    return 2;
  }
}
