import { gzipSync } from 'node:zlib';
import { extractKernel, isBootableKernel, payloadCandidates } from './kernel-image';

const elf = Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.from('kernel code')]);
const never = new AbortController().signal;

test('a kernel is an ELF file or an uncompressed arm64 image', () => {
  const arm64 = Buffer.alloc(64);
  arm64.write('ARM\x64', 0x38, 'latin1');
  expect([elf, arm64, Buffer.from('MZ')].map(isBootableKernel)).toEqual([true, true, false]);
});

test('possible kernels are tried in the order of their place in the file', () => {
  const image = Buffer.from('4d5a00fd377a585a000028b52ffd', 'hex');
  expect(payloadCandidates(image)).toEqual([
    { tool: 'xz', start: 3 },
    { tool: 'zstd', start: 10 },
  ]);
});

test('finds the kernel behind bytes that only look like one', async () => {
  const falseStart = Buffer.from('1f8b0800deadbeef', 'hex');
  const vmlinuz = Buffer.concat([Buffer.from('setup code'), falseStart, gzipSync(elf)]);
  expect(await extractKernel(vmlinuz, never)).toEqual(elf);
});

test('refuses a vmlinuz of an unknown format', async () => {
  await expect(extractKernel(Buffer.from('MZ nothing here'), never)).rejects.toMatchObject({ code: 'tool_failed' });
});
