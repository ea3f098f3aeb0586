/** Starts the Electron shell with Playwright. */
import { _electron } from '@playwright/test';
import { electronExecutable, installation } from './environment';
import { firstSize, shellEnvironment, type RunningShell, type ShellSettings } from './running-shell';

export async function startInElectron(settings: ShellSettings): Promise<RunningShell> {
  const electron = await _electron.launch({
    executablePath: electronExecutable(),
    // Root has no other way; an ordinary user gets the sandbox.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), installation],
    env: shellEnvironment(settings),
    timeout: 60_000,
  });
  let output = '';
  const child = electron.process();
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const window = await electron.firstWindow();
  await window.emulateMedia({ reducedMotion: 'reduce' });
  await resizeWindow(electron, firstSize);
  return {
    window,
    pid: child.pid ?? -1,
    electron,
    output: () => output,
    quit: () => electron.close(),
  };
}

/** Sets the size of the window's content. */
export async function resizeWindow(
  electron: Awaited<ReturnType<typeof _electron.launch>>,
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
}
