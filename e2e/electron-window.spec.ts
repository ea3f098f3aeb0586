/** The Electron window: what its page can reach, and what happens to it when the machine's thread dies. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from './fixtures';
import { electronExecutable, installation, packFolder } from './support/environment';
import type { Piwork } from './support/piwork';
import { makeFolder } from './support/place';
import { qemusOf } from './support/processes';
import { shellEnvironment } from './support/running-shell';

test.use({ world: { name: 'electron-window' } });

const electronOf = (piwork: Piwork): ElectronApplication => {
  const { electron } = piwork.running;
  if (!electron) throw new Error('This journey is for the Electron shell.');
  return electron;
};

test("the page has the client's two functions and nothing of Node", async ({ piwork }) => {
  const found = await piwork.window.evaluate(() => {
    const piworkOfPage = Reflect.get(window, 'piwork') as object;
    const names = ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer', '__dirname'];
    return {
      bridge: Object.entries(piworkOfPage).map(([name, value]) => `${name}: ${typeof value}`),
      ofNode: names.filter((name) => Reflect.has(window, name)),
      address: window.location.href,
    };
  });
  expect(found).toEqual({
    bridge: ['send: function', 'receive: function'],
    ofNode: [],
    address: 'app://ui/index.html',
  });
});

test('the running window is sandboxed and isolated', async ({ piwork }) => {
  const preferences = await electronOf(piwork).evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // Its type is missing from Electron's declarations.
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test("the page can't navigate elsewhere or open another window, and still works afterwards", async ({
  app,
  piwork,
}) => {
  const electron = electronOf(piwork);
  await electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'openedOutside', opened);
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  for (const address of [
    'https://example.com/',
    'file:///etc/passwd',
    'app://elsewhere/index.html',
    'data:text/html,x',
  ]) {
    await piwork.window.evaluate((url) => {
      window.location.href = url;
    }, address);
    await piwork.window.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
    const isRefused = await piwork.window.evaluate((url) => window.open(url) === null, address);
    expect([address, isRefused, piwork.window.url()]).toEqual([address, true, 'app://ui/index.html']);
  }
  const state = await electron.evaluate(({ BrowserWindow }) => ({
    windows: BrowserWindow.getAllWindows().length,
    opened: Reflect.get(globalThis, 'openedOutside') as string[],
  }));
  expect(state).toEqual({ windows: 1, opened: ['https://example.com/'] });

  // The earlier connection to the host still works, both ways. Without locators: those wait for the end of navigations
  // that were refused.
  const pageText = (): Promise<string> => piwork.window.evaluate(() => document.body.innerText);
  await piwork.host['task.create']({ title: 'Told meanwhile', folder: null });
  await expect.poll(pageText).toContain('Told meanwhile');
  await piwork.window.keyboard.press('Alt+n');
  await expect.poll(pageText).toContain('Create task');
  await piwork.window.keyboard.press('Tab');
  await piwork.window.keyboard.insertText('/nowhere at all');
  await expect.poll(pageText).toContain("/nowhere at all doesn't exist");
  await piwork.window.reload();
  await app.ready();
});

test('the page has no permission except to copy', async ({ piwork }) => {
  const states = await piwork.window.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'];
    const found = await Promise.all(names.map((name) => navigator.permissions.query({ name: name as PermissionName })));
    return found.map(({ state }) => state);
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
});

test('the inspector opens from the menu', async ({ piwork }) => {
  const electron = electronOf(piwork);
  await electron.evaluate(({ BrowserWindow, Menu }) => {
    const [window] = BrowserWindow.getAllWindows();
    const item = Menu.getApplicationMenu()?.getMenuItemById('devtools');
    item?.click(undefined, window, window?.webContents);
  });
  const isOpen = (): Promise<boolean> =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isDevToolsOpened() ?? false);
  await expect.poll(isOpen).toBe(true);
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.closeDevTools());
  await expect.poll(isOpen).toBe(false);
});

test("the system's dialog selects the folder", async ({ app, piwork }) => {
  const folder = await makeFolder(piwork.place, 'picked');
  await electronOf(piwork).evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, folder);
  const form = await app.newTask();
  await form.dialog.getByRole('button', { name: 'Choose…' }).click();
  await expect(form.folder).toHaveValue(folder);
  await expect(form.dialog.getByText(/^The task will see .*picked and nothing else\.$/)).toBeVisible();
  await form.folder.clear();
  await form.cancel();
});

test('a second start shows the first window and ends', async ({ piwork }) => {
  const electron = electronOf(piwork);
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const second = spawn(electronExecutable(), [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), installation], {
    env: shellEnvironment({ place: piwork.place, packFolder: packFolder() }),
    stdio: 'ignore',
  });
  const [code] = (await once(second, 'exit')) as [number | null];
  expect(code).toBe(0);
  const state = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isMinimized()),
  );
  expect(state).toEqual([false]);
});

test("when the machine's thread dies, QEMU is ended, and the task continues in a new one", async ({ app, piwork }) => {
  const electron = electronOf(piwork);
  // The machine's thread is created at its first start: until then, its creation can be watched from here.
  await electron.evaluate(() => {
    const threads = process.getBuiltinModule('node:worker_threads');
    const path = process.getBuiltinModule('node:path');
    const made = new Map<string, InstanceType<typeof threads.Worker>>();
    Reflect.set(globalThis, 'madeThreads', made);
    threads.Worker = class extends threads.Worker {
      constructor(...words: ConstructorParameters<typeof threads.Worker>) {
        super(...words);
        made.set(path.basename(String(words[0])), this);
      }
    };
  });
  const folder = await makeFolder(piwork.place, 'threaded', { 'word.txt': 'celandine' });
  const task = await app.createTask('Threaded', folder);
  await task.prompt('tour: slow');
  await expect(task.card(/^Running for i in/)).toContainText('second 1', { timeout: 120_000 });
  const [before] = qemusOf(piwork.place.folder);
  await electron.evaluate(async () => {
    const made = Reflect.get(globalThis, 'madeThreads') as ReadonlyMap<string, { terminate(): Promise<number> }>;
    await made.get('vm-worker.cjs')?.terminate();
  });

  await expect(task.conversation).toContainText('The part of Piwork that runs the workspace stopped unexpectedly.');
  await expect.poll(() => qemusOf(piwork.place.folder).map(({ pid }) => pid)).not.toContain(before?.pid);
  await expect(app.workspaceStatus).toContainText('Workspace ready', { timeout: 120_000 });
  await task.run('tour: run cat word.txt');
  await expect(task.conversation).toContainText('celandine');
  expect(qemusOf(piwork.place.folder)).toHaveLength(1);

  await piwork.window.reload();
  await app.ready();
  await app.shownTask('Threaded');
  await expect(task.conversation).toContainText('celandine');
});

test('after a restart, the window shows the same task', async ({ piwork }) => {
  await piwork.host['task.create']({ title: 'Kept over the restart', folder: null });
  const page = await piwork.restart();
  await expect(page.task('Kept over the restart')).toBeVisible();
  expect(piwork.window.url()).toBe('app://ui/index.html');
  expect(qemusOf(piwork.place.folder), 'nothing runs before it is needed').toEqual([]);
});
