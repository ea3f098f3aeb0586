// `npm run typecheck`: the types of every program. `npm run check` does this and the lint in one go.
import { join } from 'node:path';
import { programs } from './check/programs.mjs';
import { endWith, root, runStep } from './run-step.mjs';
import { setupPackages } from './setup.mjs';

await setupPackages();
const command = join(root, 'node_modules/.bin/tsc');
const results = [];
for (const { name, config } of programs) {
  results.push(await runStep({ name: `types of ${name}`, command, words: ['-p', config] }));
}
endWith(results);
