/**
 * The journeys. What they check in the page and the host is the same in every shell, so they run in Chromium; tests of
 * the window run in Electron. `--all` runs everything in both.
 *
 * Started by `scripts/e2e.mjs`, which says where everything is (see `support/environment.ts`).
 */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { ShellOptions } from './fixtures';
import { results, runsAllInBothShells } from './support/environment';

/** The main job over either transport, and keys, which each shell stores in its own way */
const inBothShells = ['first-task.spec.ts', 'keys.spec.ts'];

export default defineConfig<object, ShellOptions>({
  testDir: '.',
  outputDir: join(results, 'e2e'),
  globalSetup: './support/warm-up.ts',
  // Each file has its own Piwork and machine, often under software emulation: one at a time, with long time limits.
  workers: 1,
  fullyParallel: false,
  // A journey that passes only at the second try has a bug that somebody should find.
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json', { outputFile: process.env['PIWORK_E2E_RESULT'] ?? join(results, 'e2e.json') }]],
  projects: [
    { name: 'chromium', use: { shell: 'browser' }, testIgnore: 'electron-*.spec.ts' },
    {
      name: 'electron',
      use: { shell: 'electron' },
      testMatch: runsAllInBothShells ? '*.spec.ts' : ['electron-*.spec.ts', ...inBothShells],
      testIgnore: 'browser-*.spec.ts',
    },
  ],
});
