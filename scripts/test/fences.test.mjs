// The fences work: an import that crosses one fails lint, in the configuration that `npm run lint` uses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { appFeatures, appLayers, around, mainLayers, product } from '../lint/fences.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const configured = new ESLint({ cwd: root });
const rule = 'fences/crossing';

/**
 * What the fences report for a file.
 *
 * @param {string} path @param {string} text
 */
async function complaintsAbout(path, text) {
  const config = await configured.calculateConfigForFile(join(root, path));
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.{ts,tsx,mjs}'],
      languageOptions: { parser: tseslint.parser },
      plugins: config.plugins.fences ? { fences: config.plugins.fences } : {},
      rules: config.rules[rule] ? { [rule]: config.rules[rule] } : {},
    },
  });
  const [result] = await eslint.lintText(text, { filePath: join(root, path) });
  return result?.messages.map(({ message }) => message) ?? [];
}

/** @param {string} path @param {string} specifier */
const complaintsOf = (path, specifier) => complaintsAbout(path, `import { it } from '${specifier}';\nit();\n`);

/** Each way to name a module. @type {Readonly<Record<string, (specifier: string) => string>>} */
const spellings = {
  'an import of types': (at) => `import type { It } from '${at}';`,
  'an import for its effects': (at) => `import '${at}';`,
  'a re-export': (at) => `export { it } from '${at}';`,
  'a re-export of all': (at) => `export * from '${at}';`,
  'a re-export of types': (at) => `export type { It } from '${at}';`,
  'import()': (at) => `const it = await import('${at}');`,
  'import() of a template': (at) => `const it = await import(\`${at}\`);`,
  'a type by import()': (at) => `let it: import('${at}').It;`,
  'the type of a module': (at) => `let it: typeof import('${at}');`,
  require: (at) => `const it = require('${at}');`,
  'require.resolve': (at) => `const it = require.resolve('${at}');`,
  'import =': (at) => `import it = require('${at}');`,
  'a URL beside this file': (at) => `const it = new URL('${at}', import.meta.url);`,
};

const forbidden = [
  ['schema/rpc.ts', '../main/host/host'],
  ['schema/rpc.ts', '../node/replace-file'],
  ['schema/rpc.ts', 'node:fs'],
  ['node/replace-file.ts', '../main/host/host'],
  ['app/store/app-store.ts', '../../main/host/host'],
  ['app/store/app-store.ts', '../../node/replace-file'],
  ['app/store/app-store.ts', 'node:fs'],
  ['app/ui/Button.tsx', '../store/app-store'],
  ['app/store/app-store.ts', '../connection/session'],
  ['app/connection/session.ts', '../features/tasks/TaskView'],
  ['app/features/tasks/TaskView.tsx', '../shell/AppShell'],
  ['app/features/tasks/TaskView.tsx', '../../dev/fake-host'],
  ['preload/index.ts', '../main/host/host'],
  ['main/host/host.ts', '../../vm/vm'],
  ['main/host/host.ts', '../../files/service/files-service'],
  ['main/host/host.ts', '../../gateway/forward'],
  ['main/host/host.ts', '../../guest/taskd/main'],
  ['main/host/host.ts', '../shells/web/web-server'],
  ['main/host/host.ts', 'electron'],
  ['main/host/host.ts', './test/stage'],
  ['main/tasks/task-service.ts', '../host/host'],
  ['main/workers/vm-host.ts', '../tasks/task-service'],
  ['main/settings/state-folder.ts', '../workers/vm-host'],
  ['main/shells/terminal/main.ts', '../electron/window'],
  ['main/shells/electron/main.ts', '../terminal/main'],
  ['main/shells/electron/main.ts', '../../../vm/vm'],
  ['main/shells/web/web-server.ts', 'electron'],
  ['main/shells/web/web-server.ts', '../terminal/terminal'],
  ['vm/vm.ts', '../main/host/host'],
  ['vm/vm.ts', '../files/worker'],
  ['files/worker.ts', '../main/tasks/task-service'],
  ['files/worker.ts', '../vm/vm'],
  ['gateway/forward.ts', '../main/providers/providers'],
  ['guest/taskd/main.ts', '../../bridge/process/main'],
  ['bridge/process/main.ts', '../../guest/taskd/main'],
  ['gateway/forward.ts', '../bench/table'],
  ['gateway/forward.ts', './test/fake-upstream'],
  ['gateway/forward.ts', '/work/main/host/host'],
  ['vm/vm.ts', '../tools/table'],
  ['vm/vm.ts', './../main/host/host'],
  ['main/tasks/task-service.ts', '../../main/host/host'],
  ['main/tasks/task-service.ts', '././../host/host'],
  ['main/tasks/task-service.ts', '../../files/../gateway/tour/scenarios/ask.json'],
  ['main/shells/web/web-server.ts', '../../shells/terminal/terminal'],
  ['app/features/tasks/TaskView.tsx', '../../features/shell/AppShell'],
  ['app/features/shell/AppShell.tsx', '../../dev/host/fake-host'],
  ['app/store/app-store.ts', './../connection/session'],
  ['app/main.tsx', './dev/host/fake-host'],
  ['app/store/app-store.ts', 'fs'],
  ['preload/index.ts', 'node:fs'],
  ['guest/proxy/load.mjs', '../../bridge/process/main.mjs'],
];

const allowed = [
  ['schema/rpc.ts', 'zod'],
  ['node/replace-file.ts', '../schema/errors'],
  ['app/features/tasks/TaskView.tsx', '../../store/app-store'],
  ['app/features/tasks/TaskView.tsx', '../conversation/Conversation'],
  ['app/features/state/app-context.ts', '../../connection/app'],
  ['main/host/host.ts', '../tasks/task-service'],
  ['main/shells/electron/main.ts', 'electron'],
  ['main/shells/electron/main.ts', '../web/page-files'],
  ['main/shells/terminal/main.ts', '../../host/start-host'],
  ['preload/index.ts', 'electron'],
  ['files/worker.ts', '../node/replace-file'],
  ['main/host/host.test.ts', '../../vm/vm'],
];

describe('the fences', () => {
  for (const [path, specifier] of forbidden) {
    it(`${path} may not import ${specifier}`, async () => {
      assert.equal((await complaintsOf(path ?? '', specifier ?? '')).length, 1);
    });
  }
  for (const [path, specifier] of allowed) {
    it(`${path} may import ${specifier}`, async () => {
      assert.deepEqual(await complaintsOf(path ?? '', specifier ?? ''), []);
    });
  }

  for (const [name, spell] of Object.entries(spellings)) {
    it(`see ${name}`, async () => {
      assert.equal((await complaintsAbout('vm/vm.ts', spell('../main/host/host'))).length, 1);
      assert.deepEqual(await complaintsAbout('vm/vm.ts', spell('../schema/vm-api')), []);
    });
  }

  it('want modules named by plain strings', async () => {
    assert.equal((await complaintsAbout('vm/vm.ts', 'const it = await import(name);')).length, 1);
  });

  it('are switched off nowhere', () => {
    const disabled = ['git', 'grep', '-lE', 'eslint-disable[^-]*$|eslint-disable.*fences/', '--', ...product];
    const { stdout } = spawnSync(disabled[0] ?? '', disabled.slice(1), { cwd: root, encoding: 'utf8' });
    assert.equal(stdout, '');
  });

  it('name every folder', () => {
    const foldersIn = (/** @type {string} */ path) =>
      readdirSync(join(root, path), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !['dev', 'test'].includes(entry.name))
        .map(({ name }) => name)
        .sort();
    const tracked = spawnSync('git', ['ls-files', '*/*.ts', '*/*.tsx', '*/*.mjs'], { cwd: root, encoding: 'utf8' });
    const tops = new Set(
      tracked.stdout
        .trim()
        .split('\n')
        .map((file) => file.split('/')[0]),
    );
    assert.deepEqual([...tops].sort(), [...product, ...around].sort());
    assert.deepEqual(foldersIn('main'), [...mainLayers].sort());
    assert.deepEqual(foldersIn('app'), [...appLayers].sort());
    assert.deepEqual(foldersIn('app/features'), [...appFeatures].sort());
  });

  it('find no circle between files of the product', () => {
    assert.deepEqual(circlesOf(importsByFile()), []);
  });
});

/** Relative imports of each file of the product, of types too, without tests. @returns {Map<string, string[]>} */
function importsByFile() {
  const files = product.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((name) => /(?<!\.test|\.d)\.(tsx?|mjs)$/.test(name) && !/[\\/]test[\\/]/.test(name)),
  );
  const known = new Set(files);
  return new Map(
    files.map((file) => [
      file,
      ts.preProcessFile(readFileSync(join(root, file), 'utf8')).importedFiles.flatMap(({ fileName }) => {
        const base = join(dirname(file), fileName);
        return fileName.startsWith('.') ? [base, `${base}.ts`, `${base}.tsx`].filter((name) => known.has(name)) : [];
      }),
    ]),
  );
}

/** Groups of files that import each other. @param {Map<string, string[]>} imports */
function circlesOf(imports) {
  /** @type {Map<string, Set<string>>} */
  const reached = new Map();
  for (const start of imports.keys()) {
    const seen = new Set(imports.get(start));
    for (const file of seen) for (const next of imports.get(file) ?? []) seen.add(next);
    reached.set(start, seen);
  }
  return [...imports.keys()].filter((file) => reached.get(file)?.has(file));
}
