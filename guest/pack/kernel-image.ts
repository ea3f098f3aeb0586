import { gunzipSync } from 'node:zlib';
import { PackError } from './pack-error';
import { runTool } from './run-tool';

const compressions = [
  { tool: 'zstd', magic: Buffer.from('28b52ffd', 'hex') },
  { tool: 'xz', magic: Buffer.from('fd377a585a00', 'hex') },
  { tool: 'gzip', magic: Buffer.from('1f8b0800', 'hex') },
] as const;

const elfMagic = Buffer.from('7f454c46', 'hex');
const arm64Magic = Buffer.from('ARM\x64');
const arm64MagicOffset = 0x38;

type Payload = { tool: (typeof compressions)[number]['tool']; start: number };

/** Every place in `image` where a compressed stream may begin, in the order to try them. */
export function payloadCandidates(image: Buffer): Payload[] {
  const found: Payload[] = [];
  for (const { tool, magic } of compressions) {
    for (let start = image.indexOf(magic); start !== -1; start = image.indexOf(magic, start + 1)) {
      found.push({ tool, start });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Whether QEMU can boot `image` as it is: an ELF file, or an uncompressed arm64 `Image`. */
export function isBootableKernel(image: Buffer): boolean {
  if (image.subarray(0, elfMagic.length).equals(elfMagic)) return true;
  return image.subarray(arm64MagicOffset, arm64MagicOffset + arm64Magic.length).equals(arm64Magic);
}

async function decompress(image: Buffer, payload: Payload, signal: AbortSignal): Promise<Buffer> {
  const input = image.subarray(payload.start);
  if (payload.tool === 'gzip') return gunzipSync(input);
  // Other bytes of vmlinuz follow the stream, so the tool writes the kernel and then reports an error.
  const script = `${payload.tool} -dcq 2>/dev/null || true`;
  return runTool({ command: 'sh', args: ['-c', script], input, signal });
}

/**
 * The uncompressed kernel inside a `vmlinuz`.
 *
 * Booting it saves three seconds under emulation, because the guest doesn't have to decompress itself. Rejects with
 * `tool_failed` when no known kernel is found.
 */
export async function extractKernel(vmlinuz: Buffer, signal: AbortSignal): Promise<Buffer> {
  if (isBootableKernel(vmlinuz)) return vmlinuz;
  for (const payload of payloadCandidates(vmlinuz)) {
    try {
      const kernel = await decompress(vmlinuz, payload, signal);
      if (isBootableKernel(kernel)) return kernel;
    } catch (error) {
      if (error instanceof PackError && error.code !== 'tool_failed') throw error;
      // These four bytes only looked like a magic number: try the next place.
    }
  }
  throw new PackError('tool_failed', "vmlinuz contains no zstd, xz or gzip kernel: Piwork doesn't know its format.");
}
