/** Checks a screen in each theme and size: takes a picture, and runs axe. */
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type TestInfo } from '@playwright/test';
import { results } from './environment';
import type { Piwork } from './piwork';
import { firstSize } from './running-shell';

const themes = ['light', 'dark'] as const;
const sizes = [firstSize, { width: 800, height: 700 }] as const;

/** Serious problems as `rule: element`; empty when there are none. */
async function seriousFaults({ window }: Piwork): Promise<string[]> {
  // In Electron, axe has no second page to finish its report in.
  const { violations } = await new AxeBuilder({ page: window })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** Pictures go to test-results/screens; fails when axe finds a serious problem. `settle` runs after each change. */
export async function lookAt(
  piwork: Piwork,
  name: string,
  { testInfo, settle }: { readonly testInfo: TestInfo; readonly settle?: () => Promise<void> },
): Promise<void> {
  const folder = join(results, 'screens', testInfo.project.name);
  const faults: string[] = [];
  for (const size of sizes) {
    await piwork.resize(size);
    for (const colorScheme of themes) {
      await piwork.window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settle?.();
      const view = `${colorScheme}-${size.width}x${size.height}`;
      await piwork.window.screenshot({ path: join(folder, `${name}-${view}.png`) });
      faults.push(...(await seriousFaults(piwork)).map((fault) => `${name}, ${view}: ${fault}`));
    }
  }
  await piwork.resize(firstSize);
  expect.soft(faults).toEqual([]);
}
