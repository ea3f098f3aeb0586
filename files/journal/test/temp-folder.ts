/** A folder that is removed with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function tempFolder(parent: string = tmpdir()): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(parent, 'piwork-journal-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
