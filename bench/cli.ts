/** `npm run bench [-- NAME…]`: runs the named benches, or all. After `files`, names of its parts may follow. */
import { benchBridge } from './bridge';
import { benchFiles, filesParts } from './files';
import { benchResume } from './resume';
import { benchRpc } from './rpc';
import { benchSwitch } from './switch';

const benches: Readonly<Record<string, (packFolder: string, parts: readonly string[]) => Promise<void>>> = {
  resume: benchResume,
  switch: benchSwitch,
  rpc: benchRpc,
  files: benchFiles,
  bridge: benchBridge,
};

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const parts = names.includes('files') ? names.filter((name) => filesParts.includes(name)) : [];
  const unknown = names.find((name) => !(name in benches) && !parts.includes(name));
  if (unknown !== undefined) {
    const known = `${Object.keys(benches).join(', ')}, and of files ${filesParts.join(', ')}`;
    throw new Error(`There is no bench ${unknown}. Choose from ${known}.`);
  }
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) await bench(process.env['PIWORK_PACK'] ?? '', parts);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
