/** `npm run bench [-- NAME…]`: runs the named benches, or all. */
import { benchResume } from './resume';
import { benchRpc } from './rpc';
import { benchSwitch } from './switch';

const benches: Readonly<Record<string, (packFolder: string) => Promise<void>>> = {
  resume: benchResume,
  switch: benchSwitch,
  rpc: benchRpc,
};

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in benches));
  if (unknown !== undefined)
    throw new Error(`There is no bench ${unknown}. There are ${Object.keys(benches).join(', ')}.`);
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length === 0 || names.includes(name)) await bench(process.env['PIWORK_PACK'] ?? '');
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
