/**
 * The bridge for the pi part of the trial. It gets its behaviour on the command line, because the tests' proxy passes
 * none.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { serveBridge } from '../../../schema/capnp/bridge-connection';
import { sandboxLook } from '../../guard/folder-look';
import { ExtensionBridge } from '../../events/extension-bridge';
import { stdioWire } from '../../wire/node-wire';

const [, , file = '', stateFolder = ''] = process.argv;
const files = [{ name: basename(file), text: readFileSync(file, 'utf8') }];

class TrialBridge extends ExtensionBridge {
  override attach({ host, init }: Parameters<ExtensionBridge['attach']>[0]) {
    return super.attach({ host, init: { ...init, behaviourFiles: files, stateFolder } });
  }
}

void serveBridge(stdioWire(process), new TrialBridge(sandboxLook)).closed.then(() => process.exit(0));
