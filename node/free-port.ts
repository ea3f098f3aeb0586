/** A port on 127.0.0.1 that is free now. */
import { createServer } from 'node:net';

const tryPort = (port: number): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });

/** `first` when it is free, otherwise one of the twenty after it, otherwise any. */
export async function findFreePort(first: number): Promise<number> {
  for (let port = first; port < Math.min(first + 20, 65_536); port++) {
    const found = await tryPort(port);
    if (found !== null) return found;
  }
  const any = await tryPort(0);
  if (any === null) throw new Error('no port is free on 127.0.0.1');
  return any;
}
