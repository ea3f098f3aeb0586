/** A program that replaces bubblewrap, for what taskd starts in a sandbox. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs what a sandbox would run, without a sandbox. */
export const withoutSandbox = '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n';

/** A pi that answers `get_state` and refuses everything else. */
export const refusingPi = `#!${process.execPath}
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, type } = JSON.parse(line);
  const success = type === 'get_state';
  console.log(JSON.stringify({ type: 'response', id, command: type, success, error: 'refused', data: {} }));
});\n`;

/** Writes a script into a folder. Returns its path. */
export function makeBwrap(folder: string, script: string): string {
  const path = join(folder, 'bwrap');
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}
