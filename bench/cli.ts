/**
 * `npm run bench [-- NAME…]`: runs the named benches, or all. After `files`, names of its parts may follow; `many` has
 * flags, and a quick form when all run.
 */
import { parseArgs } from 'node:util';
import { benchBridge } from './bridge';
import { benchFiles, filesParts } from './files';
import { benchMany, quickForm, wholeForm, type ManyOptions } from './many';
import { benchResume } from './resume';
import { benchRpc } from './rpc';
import { benchSwitch } from './switch';

interface Wanted {
  /** Of the bench `files` */
  readonly parts: readonly string[];
  readonly many: ManyOptions;
}

const benches: Readonly<Record<string, (packFolder: string, wanted: Wanted) => Promise<void>>> = {
  resume: benchResume,
  switch: benchSwitch,
  rpc: benchRpc,
  files: (packFolder, { parts }) => benchFiles(packFolder, parts),
  bridge: benchBridge,
  many: (packFolder, { many }) => benchMany(packFolder, many),
};

const flags = { tasks: { type: 'string' }, together: { type: 'string' }, loads: { type: 'string' } } as const;

function read(words: readonly string[]): { names: readonly string[]; many: ManyOptions } {
  const { positionals, values } = parseArgs({ args: [...words], options: flags, allowPositionals: true });
  const usual = positionals.includes('many') ? wholeForm : quickForm;
  const { tasks = usual.tasks, together = usual.together, loads } = values;
  return {
    names: positionals,
    many: {
      tasks: Number(tasks),
      together: Number(together),
      loads: loads === undefined ? usual.loads : loads.split(',').map(Number),
    },
  };
}

async function main(): Promise<void> {
  const { names, many } = read(process.argv.slice(2));
  const parts = names.includes('files') ? names.filter((name) => filesParts.includes(name)) : [];
  const unknown = names.find((name) => !(name in benches) && !parts.includes(name));
  if (unknown !== undefined) {
    const known = `${Object.keys(benches).join(', ')}, and of files ${filesParts.join(', ')}`;
    throw new Error(`There is no bench ${unknown}. Choose from ${known}.`);
  }
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) await bench(process.env['PIWORK_PACK'] ?? '', { parts, many });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
