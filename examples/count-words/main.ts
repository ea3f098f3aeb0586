/** The extension's process: speaks the contract on its standard streams, and ends with them. */
import { stdioWire } from '../../bridge/wire/node-wire';
import { serveBridge } from '../../schema/capnp/bridge-connection';
import { countWordsBridge } from './count-words-bridge';

const { closed } = serveBridge(stdioWire(process), countWordsBridge());

void closed.then(() => process.exit(0));
