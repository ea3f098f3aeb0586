/** The proxy for a trial with the real pi: `trial.json` beside it gives the bridge's command and all files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDefaults } from '../../../schema/capnp/with-defaults';
import { bridgeInitCodec, limitsCodec } from '../../../schema/generated/pi-api-codec';
import { BridgeProcess, type BridgeCommand } from '../bridge-process';
import { BridgeSession } from '../bridge-session';
import type { Pi } from '../pi';
import { readManifest } from '../register/manifest-file';

interface Trial {
  readonly command: BridgeCommand;
  readonly manifest: string;
  readonly log: string;
}

const { command, manifest } = JSON.parse(readFileSync(join(__dirname, 'trial.json'), 'utf8')) as Trial;
const log = (text: string): void => void process.stderr.write(`[trial] ${text}\n`);
const bridge = new BridgeProcess(command);
process.on('unhandledRejection', (error) => log(`UNHANDLED ${String(error)}`));

export default function trialProxy(pi: Pi): void {
  new BridgeSession(pi, {
    ...{ process: bridge, harnessVersion: '1.5.2', workdir: '/w', log, manifest: readManifest(manifest, log) },
    init: ({ cwd, sessionManager }) =>
      withDefaults(bridgeInitCodec, {
        ...{ sessionId: sessionManager.getSessionId(), cwd, limits: withDefaults(limitsCodec, {}) },
      }),
  });
}
