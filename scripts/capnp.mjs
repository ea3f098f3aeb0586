// Writes schema/generated/ from the .capnp schemas. With --check it writes nothing, and fails when a file differs.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { emitCodecs } from './capnp/emit-codecs.mjs';
import { emitTypes } from './capnp/emit-types.mjs';
import { readModel } from './capnp/model.mjs';
import { compile, hasCapnp } from './capnp/request.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each schema, the folder for its code, and the path from there to the runtime in schema/capnp. */
export const schemas = [
  { source: 'schema/pi_api.capnp', target: 'schema/generated/pi-api', runtime: '../capnp' },
  { source: 'schema/capnp/corpus/every_kind.capnp', target: 'schema/generated/every-kind', runtime: '../capnp' },
];

/**
 * The generated modules by path from the root.
 *
 * @param {{ source: string, target: string, runtime: string }} schema
 * @returns {Promise<Map<string, string>>}
 */
export async function generate({ source, target, runtime }) {
  const model = readModel(compile(join(root, source)));
  const header = `// Generated from ${source} by scripts/capnp.mjs: change the schema, then run it again.\n`;
  const style = { ...(await resolveConfig(join(root, 'x.ts'))), parser: 'typescript' };
  const name = target.split('/').at(-1);
  const types = emitTypes(model, { header, callOptionsFrom: `${runtime}/call-options` });
  const codecs = emitCodecs(model, { header, typesFrom: `./${name}`, runtime });
  return new Map([
    [`${target}.ts`, await format(types, style)],
    [`${target}-codec.ts`, await format(codecs, style)],
  ]);
}

async function main() {
  if (!hasCapnp()) {
    // The generated files are committed; only someone who changes a schema needs the compiler.
    console.log("capnp is not installed: generated files can't be compared with the schemas");
    return;
  }
  const isCheck = process.argv.includes('--check');
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

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
