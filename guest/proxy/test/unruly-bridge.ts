/** A bridge in its own process that misbehaves as it is told. */
import { existsSync, writeFileSync } from 'node:fs';
import { serveBridge } from '../../../schema/capnp/bridge-connection';
import { streamWire } from '../../../schema/capnp/stream-wire';
import { servingOnly, withDefaults } from '../../../schema/capnp/with-defaults';
import type { PiExtensionBridge, PiHost } from '../../../schema/generated/pi-api';
import { extensionManifestCodec, toolResultCodec } from '../../../schema/generated/pi-api-codec';

const [, , manner = '', mark = ''] = process.argv;

/** Whether this is the first start; later ones behave. */
const isFirst = mark !== '' && !existsSync(mark);
if (isFirst) writeFileSync(mark, '');
const misbehaves = mark === '' || isFirst;

let host: PiHost | null = null;
let isAttached = false;

async function flood(to: PiHost): Promise<void> {
  const lines = Array.from({ length: 5_000 }, (_, index) => to.log({ level: 'info', message: `line ${index}` }));
  await Promise.allSettled(lines);
}

const bridge = servingOnly<PiExtensionBridge>({
  attach: async (attach) => {
    const isSlow = manner === 'slow' && host === null;
    ({ host } = attach);
    isAttached = true;
    if (isSlow) await new Promise((resolve) => setTimeout(resolve, 500));
    if (manner === 'flood') await flood(host);
    return {};
  },
  describe: () => {
    if (manner === 'hang' && misbehaves) return new Promise(() => undefined);
    const protocolVersion = manner === 'version' && misbehaves ? 2 : 1;
    return Promise.resolve(withDefaults(extensionManifestCodec, { name: 'unruly', version: '1', protocolVersion }));
  },
  executeTool: async ({ toolName }) => {
    if (toolName === 'die') process.kill(process.pid, 'SIGKILL');
    if (!isAttached) throw new Error('not attached');
    if (toolName === 'hang') await new Promise(() => undefined);
    return withDefaults(toolResultCodec, { content: [{ which: 'text', text: `${toolName} of ${process.pid}` }] });
  },
  shutdown: ({ reason }) => {
    if (mark !== '') writeFileSync(mark, reason);
    isAttached = false;
    return Promise.resolve({});
  },
});

if (manner === 'garbage' && misbehaves) process.stdout.write(Buffer.alloc(4096, 0xff));
else if (manner === 'exit' && misbehaves) process.exit(3);
else void serveBridge(streamWire(process.stdin, process.stdout), bridge).closed.then(() => process.exit(0));
