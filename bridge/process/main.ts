/** The bridge's process: serves the contract on its standard streams, and ends with them. */
import { serveBridge } from '../../schema/capnp/bridge-connection';
import { sandboxLook } from '../guard/folder-look';
import { ExtensionBridge } from '../events/extension-bridge';
import { stdioWire } from '../wire/node-wire';

const { closed } = serveBridge(stdioWire(process), new ExtensionBridge(sandboxLook));

void closed.then(() => process.exit(0));
