// What pi loads: the proxy's bundle by Node's own loader. pi's loader would transpile it line by line, which takes
// minutes under emulation, and again for each session; Node keeps the module, and with it the bridge's process.
import { createRequire } from 'node:module';

export default createRequire(import.meta.url)('./proxy.cjs').default;
