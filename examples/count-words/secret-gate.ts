/** The gate: files that may contain a secret can't be read or written. */
import { posix } from 'node:path';
import type { PiEventResponse, PiHost, ToolCall } from '../../schema/generated/pi-api';

const isSecret = (path: string): boolean => /^\.env$|\.(key|pem)$/.test(posix.basename(path));

function pathOf(inputJson: string): string | null {
  const input: unknown = JSON.parse(inputJson);
  if (input === null || typeof input !== 'object' || !('path' in input)) return null;
  return typeof input.path === 'string' ? input.path : null;
}

/** Blocks the call if its path is that of a secret, and stores a note of it with the session. */
export async function judge({ inputJson }: ToolCall, host: PiHost): Promise<PiEventResponse> {
  const path = pathOf(inputJson);
  if (path === null || !isSecret(path)) return { which: 'none' };
  // A harness that stores no notes blocks all the same.
  await host.appendEntry({ customType: 'no-secrets', dataJson: JSON.stringify({ path }) }).catch(() => undefined);
  const reason = `${path} may contain a secret. Ask the person for what you need from it.`;
  return { which: 'blockTool', blockTool: { reason, terminate: false } };
}
