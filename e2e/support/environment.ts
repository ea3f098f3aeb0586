/** What `scripts/e2e.mjs` passes on: where the pack, Electron and Chromium are. */
import { dirname, join } from 'node:path';

/** The clone */
export const installation = dirname(dirname(__dirname));
export const results = join(installation, 'test-results');
/** `--all`: every journey that can run in both shells does so */
export const runsAllInBothShells = process.env['PIWORK_E2E_ALL'] === '1';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run the journeys by \`node scripts/e2e.mjs\`.`);
  return value;
}

export const cacheFolder = (): string => required('PIWORK_CACHE');
export const packFolder = (): string => required('PIWORK_PACK');
export const electronExecutable = (): string => required('PIWORK_ELECTRON');
export const chromiumExecutable = (): string => required('PIWORK_CHROMIUM');
