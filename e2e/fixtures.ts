/** The fixtures of all journeys: one Piwork per file, in a fresh place, with evidence of what failed. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, type TestInfo } from '@playwright/test';
import type { AppPage } from './pages/app-page';
import { packFolder } from './support/environment';
import { Piwork, type ShellName } from './support/piwork';
import { makePlace, removePlace, type Place } from './support/place';

export { expect } from '@playwright/test';

export interface World {
  /** Names the place. Another name means another Piwork, so each file has its own */
  readonly name: string;
  /** Changes the place before the first start, and may select another pack */
  readonly prepare?: (place: Place) => Promise<{ readonly packFolder?: string }>;
}

export interface ShellOptions {
  readonly shell: ShellName;
  readonly world: World;
}

interface WorkerFixtures extends ShellOptions {
  readonly piwork: Piwork;
}

interface TestFixtures {
  /** The page when the test begins */
  readonly app: AppPage;
  readonly evidence: void;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  shell: ['browser', { option: true, scope: 'worker' }],
  world: [{ name: 'app' }, { option: true, scope: 'worker' }],

  piwork: [
    async ({ shell, world }, use) => {
      const place = await makePlace(world.name);
      const prepared = (await world.prepare?.(place)) ?? {};
      const piwork = new Piwork(shell, { place, packFolder: prepared.packFolder ?? packFolder() });
      try {
        await piwork.start();
        await use(piwork);
      } finally {
        await piwork.quit();
        await removePlace(place);
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  app: async ({ piwork }, use) => {
    await use(piwork.page);
  },

  evidence: [
    async ({ piwork }, use, testInfo) => {
      const { tracing } = piwork.window.context();
      await tracing.start({ snapshots: true });
      await use();
      if (testInfo.status === testInfo.expectedStatus) await tracing.stop().catch(() => undefined);
      else await attachEvidence(piwork, testInfo);
    },
    { auto: true },
  ],
});

async function attachEvidence(piwork: Piwork, testInfo: TestInfo): Promise<void> {
  const attachText = async (name: string, text: Promise<string> | string): Promise<void> => {
    const body = await Promise.resolve(text).catch((error: unknown) => String(error));
    await testInfo.attach(name, { body, contentType: 'text/plain' });
  };
  const trace = testInfo.outputPath('trace.zip');
  const screen = testInfo.outputPath('failed.png');
  // The window itself may be what failed: whatever is still available is attached.
  await piwork.window
    .context()
    .tracing.stop({ path: trace })
    .catch(() => undefined);
  await piwork.window.screenshot({ path: screen, timeout: 10_000 }).catch(() => undefined);
  await attachText('output', piwork.output);
  const log = join(piwork.place.home, 'logs', 'piwork.log');
  // When nothing was logged, there is no file.
  await attachText('log', existsSync(log) ? readFile(log, 'utf8') : '');
  await attachText(
    'state',
    piwork.host['app.dump_state']({}).then(({ dump }) => JSON.stringify(dump, null, 2)),
  );
}
