/**
 * The first message on a WebSocket: the page's secret.
 *
 * Browsers send a cookie to every port of this computer, so another program's server can have ours. The secret is
 * bound to the page's origin: only a page from our port can read it.
 */
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';

const longestMessage = 256;
/** A close code for applications; the page asks the person for a new link */
const refused = 4401;

const firstMessage = z.strictObject({ secret: z.string() });

function secretIn(data: RawData, isBinary: boolean): string | null {
  if (isBinary || !Buffer.isBuffer(data) || data.length > longestMessage) return null;
  try {
    return firstMessage.parse(JSON.parse(data.toString())).secret;
  } catch {
    // This isn't the message that our page sends.
    return null;
  }
}

export interface SecretCheck {
  readonly isSecret: (offered: string) => boolean;
  /** Time limit for the first message, in `ms` */
  readonly deadlineMs: number;
}

/** Calls `accept` when the socket's first message is the secret; otherwise closes the socket. */
export function requireSecret(socket: WebSocket, { isSecret, deadlineMs }: SecretCheck, accept: () => void): void {
  const refuse = (): void => socket.close(refused);
  const deadline = setTimeout(refuse, deadlineMs);
  socket.once('close', () => clearTimeout(deadline));
  // A socket that breaks before its first message closes by itself.
  socket.on('error', () => undefined);
  socket.once('message', (data: RawData, isBinary: boolean) => {
    clearTimeout(deadline);
    const secret = secretIn(data, isBinary);
    if (secret === null || !isSecret(secret)) return refuse();
    accept();
  });
}
