/**
 * Runs inside a task's sandbox: loads pi's code, waits for an assignment on descriptor 3, then becomes pi.
 *
 * pi reads stdin itself, and once paused its reader never resumes, so the assignment comes on a descriptor of its own.
 * The sandbox has no network: the one address that answers is the gateway's, relayed here to a unix socket.
 */
import { createReadStream } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** Port inside every sandbox that leads to the gateway. */
const gatewayPort = 8317;
const gatewaySocket = '/run/piwork/gateway.sock';
const piFolder = '/opt/pi/dist/bundle';

interface Assignment {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
}

function relayGateway(): Promise<void> {
  const server = createServer((near) => {
    const far = createConnection(gatewaySocket);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  // pi ends when its own work ends; the relay alone must not keep it.
  server.unref();
  return new Promise((resolve) => server.listen(gatewayPort, '127.0.0.1', resolve));
}

/** One line of our own supervisor, trusted as it stands. */
async function readAssignment(): Promise<Assignment> {
  const lines = createInterface({ input: createReadStream('', { fd: 3 }) });
  for await (const line of lines) return JSON.parse(line) as Assignment;
  process.exit(0);
}

await relayGateway();
await import(`${piFolder}/index.js`);
process.stderr.write('parked\n');
const { cwd, env, argv } = await readAssignment();
process.chdir(cwd);
Object.assign(process.env, env);
process.argv = [process.execPath, `${piFolder}/cli.js`, ...argv];
await import(`${piFolder}/cli.js`);
