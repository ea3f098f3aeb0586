// Nothing bypasses the terminal's printer.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const configured = new ESLint({ cwd: root });
const ways = [
  'console.log(name);',
  'console.error(name);',
  'process.stdout.write(name);',
  'process.stderr.write(name);',
  'const { stdout } = process; stdout.write(name);',
];

/** The ways to print that lint refuses at a path. @param {string} path */
async function refusedAt(path) {
  const { rules } = await configured.calculateConfigForFile(join(root, path));
  const own = ['no-console', 'no-restricted-properties'].filter((rule) => rules[rule] !== undefined);
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser },
      rules: Object.fromEntries(own.map((rule) => [rule, rules[rule]])),
    },
  });
  const refused = [];
  for (const code of ways) {
    const [result] = await eslint.lintText(code, { filePath: join(root, path) });
    if (result !== undefined && result.messages.length > 0) refused.push(code);
  }
  return refused;
}

for (const path of [
  'main/shells/terminal/run-command.ts',
  'main/shells/terminal/a-new-command.ts',
  'main/shells/web/browser-shell.ts',
  'main/tasks/task.ts',
  'bridge/cli/run.ts',
]) {
  it(`${path} can print only through the printer`, async () => assert.deepEqual(await refusedAt(path), ways));
}

it('the printer can', async () => assert.deepEqual(await refusedAt('main/shells/terminal/print.ts'), []));
