/** The scripted bridge in its own process, over its standard streams or at the given socket. */
import { serveBridge } from '../../../schema/capnp/bridge-connection';
import { listenUnix, stdioWire } from '../node-wire';
import { scriptedBridge } from './scripted-bridge';

const bridge = scriptedBridge(() => process.kill(process.pid, 'SIGKILL'));
const [, , path] = process.argv;
if (path === undefined) void serveBridge(stdioWire(process), bridge).closed.then(() => process.exit(0));
else void listenUnix(path, (wire) => serveBridge(wire, bridge)).then(() => process.stderr.write('listening\n'));
