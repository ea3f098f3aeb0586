/** The proxy in the real pi, for an example. The bridge's command and its settings are in `example.json` beside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BridgeProcess, type BridgeCommand } from '../../guest/proxy/bridge-process';
import { BridgeSession } from '../../guest/proxy/bridge-session';
import type { Pi } from '../../guest/proxy/pi';
import { withDefaults } from '../../schema/capnp/with-defaults';
import type { BridgeInit } from '../../schema/generated/pi-api';
import { bridgeInitCodec, limitsCodec } from '../../schema/generated/pi-api-codec';

/** The content of `example.json`. */
export interface Example {
  readonly command: BridgeCommand;
  readonly behaviourFiles?: BridgeInit['behaviourFiles'];
  readonly settings?: BridgeInit['settings'];
}

const example = JSON.parse(readFileSync(join(__dirname, 'example.json'), 'utf8')) as Example;
const bridge = new BridgeProcess(example.command);

export default function exampleProxy(pi: Pi): void {
  const { behaviourFiles = [], settings = [] } = example;
  new BridgeSession(pi, {
    ...{ process: bridge, harnessVersion: '1.5.2', workdir: process.cwd(), manifest: null },
    log: (text) => void process.stderr.write(`[example] ${text}\n`),
    init: ({ cwd, sessionManager }) =>
      withDefaults(bridgeInitCodec, {
        ...{ sessionId: sessionManager.getSessionId(), cwd, folders: { work: cwd } },
        ...{ limits: withDefaults(limitsCodec, {}), behaviourFiles, settings },
      }),
  });
}
