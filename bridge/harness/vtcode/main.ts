/**
 * Connects VTCode's terminal to the bridge.
 *
 *     vtcode.cjs install | remove [--yes]      the entries in vtcode.toml; shows what changes
 *     vtcode.cjs daemon [--linger-ms N]        the bridge, at its socket
 *     vtcode.cjs hook | mcp | status           what VTCode calls
 */
import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { install, remove } from './cli/install-command';
import { placesIn } from './cli/places';
import { runDaemon, runHookProcess, runMcp, runStatus } from './cli/processes';
import { InstallRefused } from './install/plan-install';

const usage = 'vtcode.cjs install|remove [--yes] | daemon [--linger-ms N] | hook | mcp | status   [--socket PATH]';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function run(words: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    ...{ args: [...words], allowPositionals: true },
    options: { socket: text, 'linger-ms': text, vtcode: text, config: text, yes: { type: 'boolean' } },
  });
  const usual = placesIn(homedir());
  const places = { ...usual, socket: values.socket ?? usual.socket, config: values.config ?? usual.config };
  const program = [process.execPath, process.argv[1] ?? ''];
  const isConfirmed = values.yes === true;
  switch (positionals[0]) {
    case 'daemon':
      await runDaemon(places, values['linger-ms'] === undefined ? null : Number(values['linger-ms']));
      return 0;
    case 'hook':
      await runHookProcess(places);
      return 0;
    case 'mcp':
      await runMcp(places, program);
      return 0;
    case 'status':
      await runStatus(places);
      return 0;
    case 'install':
      print(await install({ places, program, folder: process.cwd(), vtcode: values.vtcode ?? 'vtcode', isConfirmed }));
      return 0;
    case 'remove':
      print(await remove(places, isConfirmed));
      return 0;
    default:
      print(usage);
      return 2;
  }
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const known = error instanceof InstallRefused || (error instanceof TypeError && 'code' in error);
    process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(1);
  },
);
