/** `npm start` alone: the window where there is a display, otherwise the page. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { HostOptions } from '../../host/services';
import { HostTakenError } from '../../host/start-host';
import { connectLocally } from '../../running-host/local-client';
import { runBrowserShell } from '../web/browser-shell';
import { output } from './print';

const hasDisplay = (environment: NodeJS.ProcessEnv): boolean =>
  process.platform !== 'linux' || Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);

/** Why the window can't be opened here; nothing when it can. */
function noWindowBecause(environment: NodeJS.ProcessEnv): string | null {
  if (!hasDisplay(environment)) return 'There is no display.';
  if (process.getuid?.() === 0) return "The window can't run in its sandbox as root.";
  return environment['PIWORK_ELECTRON'] ? null : "Electron, which the window needs, couldn't be downloaded.";
}

/** The window is a process of its own; when it ends, this one ends. */
function runWindow(electron: string, options: HostOptions): Promise<number> {
  const application = join(options.workers, '..', '..');
  const child = spawn(electron, [application], {
    stdio: 'inherit',
    env: { ...process.env, PIWORK_PACK: options.packFolder },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 0));
  });
}

async function runPage(options: HostOptions): Promise<number> {
  const tell = (address: string): void =>
    output.lines('', '  Piwork is ready. Open this address in your browser (it works once):', '', `  ${address}`, '');
  try {
    await runBrowserShell(options, (address) => {
      tell(address);
      output.lines('  Press Ctrl-C, or run `npm start -- stop`, to stop it.', '');
    });
  } catch (error) {
    if (!(error instanceof HostTakenError)) throw error;
    output.lines(error.message);
    const connection = await connectLocally(error.holder.socket);
    tell((await connection.client['app.page_address']({})).url);
    connection.dispose();
  }
  return 0;
}

export async function openCommand(options: HostOptions, shell: 'auto' | 'browser'): Promise<number> {
  const reason = shell === 'browser' ? null : noWindowBecause(process.env);
  const electron = process.env['PIWORK_ELECTRON'];
  if (shell === 'auto' && reason === null && electron) return runWindow(electron, options);
  if (reason !== null) output.lines(`${reason} Opening Piwork as a page in your browser.`);
  return runPage(options);
}
