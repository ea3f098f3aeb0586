/**
 * Runs inside a task's sandbox: becomes pi immediately, and later moves to the task that it gets.
 *
 * A parked pi is a complete pi without a task: loaded, warm, waiting for commands. pi's protocol can't change a
 * process's folder and environment, so they come on descriptor 3 and are acknowledged there. The sandbox has no
 * network. The only address that answers is the gateway's, relayed here to a unix socket.
 */
import { createConnection, createServer, Socket } from 'node:net';
import { encodeLine, LineDecoder } from '../../../schema/jsonl';
import { optimiseLater } from '../optimiser';

/** The port in every sandbox that leads to the gateway. */
const gatewayPort = 8317;
const gatewaySocket = '/run/piwork/gateway.sock';
const piProgram = '/opt/pi/dist/bundle/cli.js';

interface Assignment {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

function relayGateway(): Promise<void> {
  const server = createServer((near) => {
    const far = createConnection(gatewaySocket);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  // pi ends when its own work ends; the relay must not keep it alive.
  server.unref();
  return new Promise((resolve) => server.listen(gatewayPort, '127.0.0.1', resolve));
}

function takeAssignments(): void {
  const supervisor = new Socket({ fd: 3 });
  const decoder = new LineDecoder();
  supervisor.on('data', (chunk) => {
    for (const line of decoder.push(chunk)) {
      // A line from our own supervisor, so it is trusted.
      const { cwd, env } = JSON.parse(line) as Assignment;
      process.chdir(cwd);
      Object.assign(process.env, env);
      optimiseLater();
      supervisor.write(encodeLine({ assigned: true }));
    }
  });
  supervisor.unref();
}

await relayGateway();
takeAssignments();
await import(piProgram);
