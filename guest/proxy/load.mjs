// The file that pi loads: it imports the proxy's bundle with Node's own loader. pi's loader would transpile the bundle
// line by line for each session, which takes minutes under emulation. Node keeps the module loaded, and with it the
// bridge's process.
import { createRequire } from 'node:module';

export default createRequire(import.meta.url)('./proxy.cjs').default;
