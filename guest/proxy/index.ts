/**
 * The pi extension that every task loads: a question to the person as a tool, what the host has to say of a tool's
 * acts, and the way to the bridge, where all logic is. Nothing is decided here.
 */
import { bridgeNodeFlags } from '../../schema/bridge-command';
import { inside } from '../taskd/sandbox/layout';
import { registerAskUser } from './ask-user';
import { bridgeInit } from './bridge-init';
import { BridgeProcess } from './bridge-process';
import { BridgeSession } from './bridge-session';
import { addNotes } from './notes';
import type { Pi } from './pi';
import { readManifest } from './register/manifest-file';

const harnessVersion = '1.5.2';
const manifestFile = '/opt/piwork/manifest.json';

/** One process for all sessions of this pi: pi makes its extensions anew for each session, and this module stays. */
const bridge = new BridgeProcess({ program: process.execPath, words: [...bridgeNodeFlags, '/opt/piwork/bridge.cjs'] });

/** pi keeps its standard error; its standard output is the protocol's. */
const log = (text: string): void => void process.stderr.write(`[extension] ${text}\n`);

export default function piworkProxy(pi: Pi): void {
  registerAskUser(pi);
  addNotes(pi, inside.notePrefix);
  new BridgeSession(pi, {
    ...{ process: bridge, harnessVersion, init: bridgeInit, workdir: inside.workdir, log },
    manifest: readManifest(manifestFile, log),
  });
}
