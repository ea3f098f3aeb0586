/** Starts the browser shell and opens its one-time address in Chromium. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserType } from '@playwright/test';
import { chromiumExecutable, installation } from './environment';
import { firstSize, shellEnvironment, type RunningShell, type ShellSettings } from './running-shell';

const startDeadlineMs = 60_000;

/** Without these, Chromium contacts its maker's servers at each start. */
const quietArguments = [
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchChromium = (type: BrowserType): Promise<Browser> =>
  type.launch({
    executablePath: chromiumExecutable(),
    args: [...quietArguments, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });

export interface Served {
  readonly pid: number;
  /** Works once */
  readonly address: string;
  readonly output: () => string;
  quit(): Promise<void>;
}

/** Starts the host with the browser shell; resolves when it has printed its address. */
export async function serveBrowserShell(settings: ShellSettings): Promise<Served> {
  const child = spawn(process.execPath, [join(installation, 'dist/main/cli.cjs'), '--browser'], {
    env: shellEnvironment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const deadline = setTimeout(
      () => reject(new Error(`No address after ${startDeadlineMs} ms:\n${output}`)),
      startDeadlineMs,
    );
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /http:\/\/\S+#token=\S+/.exec(output)?.[0];
      if (found === undefined) return;
      clearTimeout(deadline);
      resolve(found);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', (code) => reject(new Error(`It ended with ${code ?? 'a signal'}:\n${output}`)));
  });
  return {
    pid: child.pid ?? -1,
    address,
    output: () => output,
    quit: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export async function startInBrowser(settings: ShellSettings): Promise<RunningShell> {
  const served = await serveBrowserShell(settings);
  const browser = await launchChromium(chromium);
  const context = await browser.newContext({ viewport: firstSize, reducedMotion: 'reduce' });
  const window = await context.newPage();
  await window.goto(served.address);
  return {
    window,
    pid: served.pid,
    electron: null,
    output: served.output,
    quit: async () => {
      await browser.close();
      await served.quit();
    },
  };
}
