/**
 * Keys sealed by the system's keychain. Without one, they are kept for the session only, and the person sees a notice.
 */
/* eslint-disable @typescript-eslint/no-deprecated -- the calls that replace these are missing from older Electrons that we run on */
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import type { KeyStore } from '../../providers/key-store';
import { readStateFile } from '../../state-files/read-state-file';
import { replaceFile } from '../../../node/replace-file';

const sealedFile = z.strictObject({ version: z.literal(1), sealed: z.record(z.string(), z.string()) });

/** A back end that seals with a constant isn't a keychain. */
function isRealKeychain(storage: SafeStorage): boolean {
  if (!storage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || storage.getSelectedStorageBackend() !== 'basic_text';
}

export async function openSafeKeys(stateFolder: string, storage: SafeStorage): Promise<KeyStore> {
  const path = join(stateFolder, 'keys.sealed.json');
  const isKept = isRealKeychain(storage);
  const keys = new Map<string, string>();
  let warning: string | null = null;
  if (isKept) {
    const { value, setAside } = await readStateFile(path, sealedFile);
    if (setAside) warning = `Piwork couldn't read the saved keys and moved the file aside as ${setAside.path}.`;
    for (const [name, sealed] of Object.entries(value?.sealed ?? {})) {
      try {
        keys.set(name, storage.decryptString(Buffer.from(sealed, 'base64')));
      } catch {
        // Sealed by another keychain, for instance that of the computer a backup came from.
        warning = `This system's keychain couldn't open the key for ${name}. Enter it again.`;
      }
    }
  }
  const keep = async (): Promise<void> => {
    if (!isKept) return;
    const sealed = Object.fromEntries(
      [...keys].map(([name, key]) => [name, storage.encryptString(key).toString('base64')]),
    );
    await replaceFile(path, JSON.stringify({ version: 1, sealed }), 0o600);
  };
  return {
    description: isKept
      ? "Keys are encrypted with this system's keychain and never reach the virtual machine."
      : 'This system has no keychain: keys are kept until you close Piwork, and never reach the virtual machine.',
    get warning() {
      return warning;
    },
    has: (provider) => keys.has(provider),
    get: (provider) => keys.get(provider) ?? null,
    set: async (provider, key) => {
      keys.set(provider, key);
      await keep();
    },
    remove: async (provider) => {
      keys.delete(provider);
      await keep();
    },
  };
}
