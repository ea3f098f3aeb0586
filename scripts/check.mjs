// `npm run check`: format, lint, types, unit tests and generated files. Needs no QEMU and no browser.
import { join } from 'node:path';
import { setupPackages } from './setup.mjs';
import { endWith, root, runStep } from './run-step.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Fewer programs than folders: each would check again what it imports from the others. */
const programs = {
  'types of schema, main, guest and bench': 'tsconfig.node.json',
  'types of preload and e2e': 'tsconfig.pages.json',
  'types of app': 'app',
};

async function checkFormatAndTypes() {
  const results = [];
  for (const [name, project] of Object.entries(programs)) {
    results.push(await runStep({ name, command: bin('tsc'), words: ['-p', project] }));
  }
  const words = ['--check', '--log-level', 'warn', '.'];
  results.push(await runStep({ name: 'format', command: bin('prettier'), words }));
  return results.every(Boolean);
}

/** Generated files and everything that jest and Node's own runner know. */
async function checkBehaviour(summaryFile) {
  const generated = await runStep({
    name: 'generated files',
    command: process.execPath,
    words: ['scripts/protocol-doc.mjs', '--check'],
  });
  const contract = await runStep({
    name: 'generated code of the contract',
    command: process.execPath,
    words: ['scripts/capnp.mjs', '--check'],
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
  return [generated, contract, scripts, unit];
}

/** @param {{ summaryFile?: string }} [options] where jest's summary goes */
export async function check({ summaryFile = join(root, 'test-results', 'unit.json') } = {}) {
  // The lint takes longest and one core; the rest goes on beside it, one after the other.
  const [lint, rest] = await Promise.all([
    runStep({ name: 'lint', command: bin('eslint'), words: ['.', '--max-warnings', '0'] }),
    checkFormatAndTypes().then(async (isWell) => [isWell, ...(await checkBehaviour(summaryFile))]),
  ]);
  return [lint, ...rest];
}

if (process.argv[1] === join(root, 'scripts', 'check.mjs')) {
  await setupPackages();
  endWith(await check());
}
