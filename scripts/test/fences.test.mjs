// The fences work: an import that crosses one fails lint, in the configuration that `npm run lint` uses.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { appFeatures, appLayers, mainLayers } from '../lint/fences.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const configured = new ESLint({ cwd: root });
const rules = ['no-restricted-imports', '@typescript-eslint/no-restricted-imports'];

/**
 * What the fences report for a file with one import.
 *
 * @param {string} path @param {string} specifier
 */
async function complaintsOf(path, specifier) {
  const config = await configured.calculateConfigForFile(join(root, path));
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.{ts,tsx}'],
      languageOptions: { parser: tseslint.parser },
      plugins: { '@typescript-eslint': tseslint.plugin },
      rules: Object.fromEntries(rules.flatMap((name) => (config.rules[name] ? [[name, config.rules[name]]] : []))),
    },
  });
  const [result] = await eslint.lintText(`import { it } from '${specifier}';\nit();\n`, { filePath: join(root, path) });
  return result?.messages.map(({ message }) => message) ?? [];
}

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

  it('name every folder', () => {
    const foldersIn = (/** @type {string} */ path) =>
      readdirSync(join(root, path), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !['dev', 'test'].includes(entry.name))
        .map(({ name }) => name)
        .sort();
    assert.deepEqual(foldersIn('main'), [...mainLayers].sort());
    assert.deepEqual(foldersIn('app'), [...appLayers].sort());
    assert.deepEqual(foldersIn('app/features'), [...appFeatures].sort());
  });

  it('find no circle between files of the product', () => {
    assert.deepEqual(circlesOf(importsByFile()), []);
  });
});

/** Relative imports of each file of the product, without tests. @returns {Map<string, string[]>} */
function importsByFile() {
  const folders = ['schema', 'node', 'app', 'preload', 'main', 'vm', 'files', 'gateway', 'guest', 'bridge'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((name) => /(?<!\.test|\.d)\.tsx?$/.test(name) && !/[\\/]test[\\/]/.test(name)),
  );
  const known = new Set(files);
  return new Map(
    files.map((file) => [
      file,
      [...readFileSync(join(root, file), 'utf8').matchAll(/^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)'/gm)].flatMap(
        ([, specifier = '']) => {
          const base = join(dirname(file), specifier);
          return [`${base}.ts`, `${base}.tsx`].filter((name) => known.has(name));
        },
      ),
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
