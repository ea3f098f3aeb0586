/** The bridge's own command line; `npm start -- bridge …` runs it. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { visibleText } from '../../node/visible-text';
import { sandboxLook } from '../guard/folder-look';
import type { CliIo } from './cli-io';
import { runBridgeCli } from './run';

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** npm runs scripts in the package's folder, and passes the person's folder in a variable. */
const at = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

const io: CliIo = {
  readText: async (path) => {
    if (path === '-') return readInput();
    try {
      return await readFile(at(path), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  },
  writeText: (path, text) => writeFile(at(path), text),
  writeBytes: (path, bytes) => writeFile(at(path), bytes),
  absolute: at,
  look: sandboxLook,
  // Output that doesn't go to a terminal may go to a file: it stays unchanged.
  print: (line) => console.log(process.stdout.isTTY ? visibleText(line) : line),
  complain: (line) => console.error(visibleText(line)),
};

runBridgeCli(process.argv.slice(2), io).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(visibleText(error instanceof Error ? error.message : String(error)));
    process.exitCode = 1;
  },
);
