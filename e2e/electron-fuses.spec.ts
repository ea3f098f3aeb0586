/** Electron's fuses: another program can't use the window's binary to run code as plain Node. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { electronExecutable, installation } from './support/environment';

interface FusesModule {
  readonly setFuses: (executable: string, wanted: Readonly<Record<string, boolean>>) => Promise<void>;
}

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piwork-fuses-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

/** What the attacker's code leaves behind; null when it never ran. */
async function runAsNode(executable: string, mark: string): Promise<string | null> {
  const code = `require('fs').writeFileSync(${JSON.stringify(mark)}, 'ran')`;
  const child = spawn(executable, ['-e', code], {
    stdio: 'ignore',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  // Where it becomes an ordinary Electron, it may show an error and stay.
  const limit = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await once(child, 'exit');
  clearTimeout(limit);
  return readFile(mark, 'utf8').catch(() => null);
}

test("the window's Electron doesn't run code as Node; with the fuse on, the same binary does", async () => {
  expect(await runAsNode(electronExecutable(), join(folder, 'attack'))).toBeNull();

  const copy = join(folder, 'electron');
  await cp(dirname(electronExecutable()), copy, { recursive: true, verbatimSymlinks: true });
  const executable = join(copy, 'electron');
  const fuses = join(installation, 'scripts/setup/electron-fuses.mjs');
  const { setFuses } = (await import(pathToFileURL(fuses).href)) as FusesModule;
  await setFuses(executable, { runAsNode: true });
  expect(await runAsNode(executable, join(folder, 'control'))).toBe('ran');
});
