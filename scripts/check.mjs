// `npm run check`: format, lint, types, unit tests and generated files. Needs no QEMU and no browser.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setupPackages } from './setup.mjs';
import { endWith, root, runStep } from './run-step.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);

const folders = ['schema', 'main', 'preload', 'guest', 'app', 'e2e', 'bench'];

/** Type checks run two at a time, beside the lint, which is the longest. */
async function checkTypes() {
  const present = [];
  for (const folder of folders) {
    const names = await readdir(join(root, folder), { recursive: true });
    if (names.some((name) => /\.tsx?$/.test(name))) present.push(folder);
  }
  const queue = [...present];
  const results = [];
  const work = async () => {
    for (let folder = queue.shift(); folder; folder = queue.shift()) {
      results.push(await runStep({ name: `types of ${folder}`, command: bin('tsc'), words: ['-p', folder] }));
    }
  };
  await Promise.all([work(), work()]);
  return results.every(Boolean);
}

/** @param {{ summaryFile?: string }} [options] where jest's summary goes */
export async function check({ summaryFile = join(root, 'test-results', 'unit.json') } = {}) {
  const format = await runStep({
    name: 'format',
    command: bin('prettier'),
    words: ['--check', '--log-level', 'warn', '.'],
  });
  const [lint, types] = await Promise.all([
    runStep({ name: 'lint', command: bin('eslint'), words: ['.', '--max-warnings', '0'] }),
    checkTypes(),
  ]);
  const generated = await runStep({
    name: 'generated files',
    command: process.execPath,
    words: ['scripts/protocol-doc.mjs', '--check'],
  });
  const scripts = await runStep({
    name: 'tests of scripts',
    command: process.execPath,
    words: ['--test', 'scripts/test/'],
  });
  const unit = await runStep({
    name: 'unit tests',
    command: bin('jest'),
    words: [
      '--json',
      `--outputFile=${summaryFile}`,
      '--silent',
      '--maxWorkers=100%',
      '--testTimeout=60000',
      '--testPathIgnorePatterns',
      'real-pi',
      'node_modules',
    ],
  });
  return [format, lint, types, generated, scripts, unit];
}

if (process.argv[1] === join(root, 'scripts', 'check.mjs')) {
  await setupPackages();
  endWith(await check());
}
