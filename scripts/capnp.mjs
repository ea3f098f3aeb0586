// Writes schema/generated/ from the .capnp schemas. With --check it writes nothing, and fails when a file differs.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCapnp } from './capnp/has-capnp.mjs';
import { root } from './run-step.mjs';
import { setupPackages } from './setup.mjs';

/** Writes or compares every generated file. @param {boolean} isCheck */
async function generateAll(isCheck) {
  await setupPackages();
  const { generate, schemas } = await import('./capnp/generate.mjs');
  for (const schema of schemas) {
    for (const [path, text] of await generate(schema)) {
      const committed = await readFile(join(root, path), 'utf8').catch(() => '');
      if (committed === text) continue;
      if (isCheck) {
        console.error(`${path} doesn't match ${schema.source}. Run: node scripts/capnp.mjs`);
        process.exitCode = 1;
      } else {
        await writeFile(join(root, path), text);
        console.log(`wrote ${path}`);
      }
    }
  }
}

const isCheck = process.argv.includes('--check');
if (hasCapnp()) await generateAll(isCheck);
else if (isCheck) {
  // The generated files are committed; only someone who changes a schema needs the compiler.
  console.log("The capnp compiler isn't installed, so the generated files weren't compared with the schemas.");
} else {
  console.error(
    "The capnp compiler isn't installed. Install Debian's package capnproto (brew: capnp), then try again.",
  );
  process.exitCode = 1;
}
