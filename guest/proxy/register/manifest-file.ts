/** A manifest that was written in advance: pi accepts flags only before a session, when no bridge is up. */
import { readFileSync } from 'node:fs';
import type { StructCodec } from '../../../schema/capnp/codec';
import { withDefaults } from '../../../schema/capnp/with-defaults';
import type { ExtensionManifest, FlagDefinition } from '../../../schema/generated/pi-api';
import { extensionManifestCodec } from '../../../schema/generated/pi-api-codec';
import type { Pi } from '../pi';

/**
 * The manifest in a JSON file, with the schema's defaults for absent fields; `null` when there is no readable manifest.
 */
export function readManifest(path: string, log: (text: string) => void): ExtensionManifest | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Most extensions need no flag.
    return null;
  }
  try {
    const codec: StructCodec<ExtensionManifest> = extensionManifestCodec;
    return withDefaults(codec, JSON.parse(text) as Partial<ExtensionManifest>);
  } catch (error) {
    log(`${path} isn't a manifest: ${String(error)}`);
    return null;
  }
}

const byDefault = (flag: FlagDefinition): boolean | string | undefined =>
  flag.which === 'boolean' ? flag.boolean.byDefault : flag.string.byDefault;

/** Call it in the extension's factory: pi ignores flags that are registered later. */
export function registerFlags(pi: Pick<Pi, 'registerFlag'>, flags: readonly FlagDefinition[]): void {
  for (const flag of flags) {
    const { name, description, which } = flag;
    const value = byDefault(flag);
    pi.registerFlag(name, {
      type: which,
      ...(description !== undefined && { description }),
      ...(value !== undefined && { default: value }),
    });
  }
}
