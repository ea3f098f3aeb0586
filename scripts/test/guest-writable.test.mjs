// No file of the host uses a path in a folder that the guest writes to, except the confined walk.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { pathUsers } from '../lint/guest-writable.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const configured = new ESLint({ cwd: root });

/** How often the rule complains of `code` at `path`. @param {string} path @param {string} code */
async function complaints(path, code) {
  const config = await configured.calculateConfigForFile(join(root, path));
  const rule = config.rules['no-restricted-syntax'];
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser },
      rules: rule ? { 'no-restricted-syntax': rule } : {},
    },
  });
  const [result] = await eslint.lintText(code, { filePath: join(root, path) });
  return result?.messages.length ?? 0;
}

const refused = [
  ['main/artifacts/artifacts.ts', "import { readFile } from 'node:fs/promises';\nvoid readFile('x');"],
  ['main/artifacts/artifacts.ts', "import * as fs from 'fs';\nfs.statSync('x');"],
  ['main/tasks/conversation.ts', "import { stat } from 'node:fs/promises';\nvoid stat('x');"],
  ['main/tasks/turns.ts', "const fs = await import('node:fs');\nfs.statSync('x');"],
  ['main/tasks/turns.ts', "const { statSync } = require('fs');\nstatSync('x');"],
  ['main/tasks/turns.ts', "process.getBuiltinModule('node:fs').statSync('x');"],
  ['files/host-view/list-files.ts', "import { readdirSync } from 'node:fs';\nreaddirSync('x');"],
  ['files/server/session.ts', "import { openSync } from 'node:fs';\nopenSync('x', 'r');"],
  ['files/acts/held-acts.ts', "import { lstatSync } from 'node:fs';\nlstatSync('x');"],
  ['main/tasks/conversation.ts', "void readStateFile(join(places.session, 'session.json'), schema);"],
  ['main/tasks/task-store.ts', "void readFile(join(places.session, 'session.json'));"],
  ['main/tasks/task-store.ts', "fs.appendFileSync(join(outputs, 'a'), '');"],
  ['main/host/snapshot.ts', "void readFile(join(record.workingFolder, 'a'));"],
];

const allowed = [
  ['main/tasks/task-store.ts', "import { rename } from 'node:fs/promises';\nvoid rename('a', 'b');"],
  ['files/confined/confined-folder.ts', "import { openSync } from 'node:fs';\nopenSync('x', 'r');"],
  ['files/journal/kept-files.ts', "import { openSync } from 'node:fs';\nopenSync('x', 'r');"],
  ['files/service/task-files.ts', 'statSync(places.session);'],
  ['main/host/host.test.ts', "import { readFileSync } from 'node:fs';\nreadFileSync('x');"],
  ['vm/pack.ts', "import { readFile } from 'node:fs/promises';\nvoid readFile('x');"],
];

describe('paths in folders that the guest writes to', () => {
  for (const [path = '', code = ''] of refused) {
    it(`are refused in ${path}: ${code.split('\n')[0]}`, async () => assert.equal(await complaints(path, code), 1));
  }
  for (const [path = '', code = ''] of allowed) {
    it(`are none in ${path}: ${code.split('\n')[0]}`, async () => assert.equal(await complaints(path, code), 0));
  }

  it('have no listed file that is gone, or that needs no path', () => {
    for (const pattern of Object.keys(pathUsers)) {
      const folder = dirname(pattern);
      const files = pattern.endsWith('*')
        ? readdirSync(join(root, folder)).map((name) => join(folder, name))
        : [pattern];
      const users = files.filter((file) => existsSync(join(root, file)) && file.endsWith('.ts'));
      assert.ok(
        users.some((file) => /from '(node:)?fs/.test(readFileSync(join(root, file), 'utf8'))),
        pattern,
      );
    }
  });
});
