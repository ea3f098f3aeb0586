/**
 * The pi extension that every task loads: the `ask_user` tool, the host's notes on what a tool did, and the connection
 * to the bridge, which contains all logic. This extension decides nothing.
 */
import { bridgeNodeFlags } from '../../schema/bridge-command';
import { inside } from '../taskd/sandbox/layout';
import { registerAskUser } from './ask-user';
import { bridgeInit } from './bridge-init';
import { BridgeProcess } from './bridge-process';
import { BridgeSession } from './bridge-session';
import { addNotes } from './notes';
import { giveOwnCallIds } from './own-call-ids';
import type { Pi } from './pi';
import { readManifest } from './register/manifest-file';

const harnessVersion = '1.5.2';
const manifestFile = '/opt/piwork/manifest.json';

/**
 * One process for all sessions of this pi: pi creates its extensions again for each session, but this module stays
 * loaded.
 */
const bridge = new BridgeProcess({ program: process.execPath, words: [...bridgeNodeFlags, '/opt/piwork/bridge.cjs'] });

/** pi inherits standard error; standard output belongs to the protocol. */
const log = (text: string): void => void process.stderr.write(`[extension] ${text}\n`);

export default function piworkProxy(pi: Pi): void {
  // Comes first: later parts tell calls apart by their ids.
  giveOwnCallIds(pi);
  registerAskUser(pi);
  addNotes(pi, inside.notePrefix);
  new BridgeSession(pi, {
    ...{ process: bridge, harnessVersion, init: bridgeInit, workdir: inside.workdir, log },
    manifest: readManifest(manifestFile, log),
  });
}
