import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vmExamination, type VmWorkerConfig } from '../schema/vm-api';
import { examine } from './examine';

const folder = mkdtempSync(join(tmpdir(), 'piwork-examine-'));
afterAll(() => rmSync(folder, { recursive: true }));

const config = {
  packFolder: folder,
  cacheFolder: folder,
  firstPort: 20_000,
  accelerator: null,
} as unknown as VmWorkerConfig;

test('reports each item separately, with what to do', async () => {
  const examination = await examine(config);
  expect(vmExamination.parse(examination)).toEqual(examination);
  expect(examination).toEqual({
    // Depends on the computer that runs this test.
    qemuVersion: expect.any(Object) as object,
    packDigest: { problem: expect.stringContaining('Run `npm run pack` to build it.') as string },
    accelerator: { problem: expect.any(String) as string },
    port: { found: expect.any(Number) as number },
  });
});
