/**
 * The journeys, in two shells: the browser shell in chromium, and the Electron window.
 *
 * Started by `scripts/e2e.mjs`, which says where everything is (see `support/environment.ts`).
 */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { ShellOptions } from './fixtures';
import { results } from './support/environment';

export default defineConfig<object, ShellOptions>({
  testDir: '.',
  outputDir: join(results, 'e2e'),
  globalSetup: './support/warm-up.ts',
  // Each journey boots a machine of its own, often under software emulation: one at a time, and patiently.
  workers: 1,
  fullyParallel: false,
  retries: 1,
  timeout: 240_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json', { outputFile: process.env['PIWORK_E2E_RESULT'] ?? join(results, 'e2e.json') }]],
  projects: [
    { name: 'chromium', use: { shell: 'browser' }, testIgnore: 'electron-*.spec.ts' },
    { name: 'electron', use: { shell: 'electron' }, testIgnore: 'browser-*.spec.ts' },
  ],
});
