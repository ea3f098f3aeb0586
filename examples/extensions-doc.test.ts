import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../bridge/behaviour/compile';
import { loadFiles } from '../bridge/behaviour/load';
import { type BehaviourError, problemLine } from '../bridge/behaviour/source/problem';

const page = readFileSync(join(__dirname, '..', 'docs', 'extensions.md'), 'utf8');
const [, rule = ''] = /^```edn\n([\s\S]*?)^```$/m.exec(page) ?? [];
const read = (text: string) => loadFiles('no-push.edn', async () => text);

describe('docs/extensions.md', () => {
  test('its rule is valid, and has the digest that the page shows', async () => {
    expect(page).toContain(`digest ${compile(await read(rule)).digest}`);
  });

  test('its mistake is reported as the page shows it', async () => {
    const mistaken = rule.replace(':when', ':wen');
    const error: unknown = await read(mistaken)
      .then(compile)
      .catch((thrown: unknown) => thrown);
    const lines = (error as BehaviourError).problems.map(problemLine);
    expect(page).toContain(`\n${lines.join('\n')}\n`);
  });
});
