// The modules of schema/generated/, made from the .capnp schemas.
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../run-step.mjs';
import { emitCodecs } from './emit-codecs.mjs';
import { emitTypes } from './emit-types.mjs';
import { readModel } from './model.mjs';
import { compile } from './request.mjs';

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
