import { runTool } from './run-tool';

/** Fixed, so that the same tree gives the same image. */
const uuid = '50697761-726b-4000-8000-000000000001';

/** The options for making images: part of the key of everything built from them. */
export const erofsOptions = ['-zlz4hc,9', '-C16384', `-U${uuid}`, '-T0', '--all-root', '-x-1', '--quiet'] as const;

/**
 * Writes a folder as a compressed read-only EROFS image, without this machine's times, owners or extended attributes.
 */
export async function writeErofs(folder: string, image: string, signal: AbortSignal): Promise<void> {
  await runTool({ command: 'mkfs.erofs', args: [...erofsOptions, image, folder], signal });
}
