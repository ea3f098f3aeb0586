/** `manifest FILE [--out FILE]`: what an extension offers, as JSON or as the contract's message. */
import { contractManifest, manifestMessage } from '../behaviour/contract/manifest-message';
import type { CliIo } from './cli-io';
import { loadBehaviour } from './load-behaviour';

/** Returns the exit code. */
export async function manifestCommand(file: string, out: string | null, io: CliIo): Promise<number> {
  const behaviour = await loadBehaviour(file, io);
  if (behaviour === null) return 1;
  if (out === null) {
    io.print(JSON.stringify(contractManifest(behaviour), null, 2));
    return 0;
  }
  const message = manifestMessage(behaviour);
  await io.writeBytes(out, message);
  io.print(`${out}: ${message.byteLength} bytes, digest ${behaviour.digest}`);
  return 0;
}
