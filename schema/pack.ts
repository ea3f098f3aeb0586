/**
 * The runtime pack: what `guest/pack` builds and `vm` boots.
 *
 * A pack is a folder with a `manifest.json` and the files it names; nothing in it is secret or unique to a machine.
 */
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const packFile = z.strictObject({
  /** File name inside the pack folder, without a path */
  name: z.string().regex(/^[\w.-]+$/),
  sha256,
  bytes: z.number().int().nonnegative(),
});

/** The content of a pack's `manifest.json`. */
export const packManifest = z.strictObject({
  format: z.literal(1),
  /** sha256 over the file entries below, sorted by name */
  digest: sha256,
  arch: z.enum(['x64', 'arm64']),
  /** Versions of the contents: kernel, debian, node, pi, jiti */
  versions: z.record(z.string(), z.string()),
  files: z.strictObject({
    /** Uncompressed ELF kernel, booted by its PVH entry */
    kernel: packFile,
    /** Modules and the script that mounts the root */
    initrd: packFile,
    /** EROFS: Debian userland, Node and pi */
    root: packFile,
    /** EROFS: Piwork's own guest code, mounted at /opt/piwork */
    piwork: packFile,
  }),
});

export type PackManifest = z.output<typeof packManifest>;

export type PackFile = z.output<typeof packFile>;

/** The text whose sha256 is a manifest's `digest`. */
export function packDigestText(files: PackManifest['files']): string {
  const entries = Object.values(files).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.map((entry) => `${entry.sha256} ${entry.bytes} ${entry.name}\n`).join('');
}
