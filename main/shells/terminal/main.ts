/** The terminal shell, and the entry to the others: `npm start -- …`. */
import { inspect } from 'node:util';
import { RpcError } from '../../../schema/errors';
import { parseCommand, usage, UsageError, type Command } from './arguments';
import { bridgeCommand } from './bridge-command';
import { doctorCommand } from './doctor';
import { openCommand } from './open-command';
import { providerCommand } from './provider-command';
import { reviewCommand } from './review-command';
import { runCommand } from './run-command';
import { stopCommand } from './stop-command';
import { createTerminal } from './terminal';
import { turnCommand } from './turn-command';
import { withClient } from './with-client';
import { readHostOptions } from '../../host/installation';
import { dirname } from 'node:path';
import { output, progress } from './print';

async function execute(command: Command): Promise<number> {
  // It needs nothing from the host.
  if (command.kind === 'bridge') return bridgeCommand(dirname(__dirname), command.words);
  const terminal = createTerminal();
  const options = await readHostOptions(__dirname);
  switch (command.kind) {
    case 'help':
      output.lines(...usage.split('\n'));
      return 0;
    case 'open':
      return openCommand(options, command.shell);
    case 'run':
      return withClient(options, (connection) => runCommand(connection, command, terminal));
    case 'review':
    case 'apply':
    case 'discard':
      return withClient(options, (connection) => reviewCommand(connection, command, terminal));
    case 'turns':
    case 'changes':
    case 'undo':
    case 'redo':
      return withClient(options, (connection) => turnCommand(connection, command, terminal));
    case 'state':
      return withClient(options, async ({ client }) => {
        const { dump } = await client['app.dump_state']({});
        output.json(dump, 2);
        return 0;
      });
    case 'doctor':
      return doctorCommand(options);
    case 'stop':
      return stopCommand(options.stateRoot);
    case 'provider-add':
    case 'provider-list':
    case 'provider-test':
    case 'provider-remove':
      return withClient(options, ({ client }) => providerCommand(client, command));
  }
}

async function main(): Promise<void> {
  try {
    process.exitCode = await execute(parseCommand(process.argv.slice(2)));
  } catch (error) {
    if (error instanceof UsageError) progress.lines(error.message, 'All commands: npm start -- help');
    else if (error instanceof RpcError) progress.lines(error.message);
    else progress.lines(...inspect(error).split('\n'));
    process.exitCode = 1;
  }
}

void main();
