/** Undoing a turn that changed 1,000 files, against copying them; both on the host. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureTakeBack, type TakeBackTimes } from '../../files/journal/test/measure-take-back';
import { ratioBudget } from '../budgets';
import type { Report } from '../table';

const rounds = 5;
const size = { files: 1000, bytes: 16_384 } as const;

async function measure(base: string, round: number): Promise<TakeBackTimes> {
  const folder = join(base, `${round}`);
  mkdirSync(folder);
  const times = await measureTakeBack(folder, { ...size, isSynced: true });
  for (let index = 0; index < size.files; index += 1) {
    const isBack = readFileSync(join(folder, 'root', `${index}`)).equals(Buffer.alloc(size.bytes, index));
    if (!isBack) throw new Error(`file ${index} wasn't undone`);
  }
  return times;
}

export async function benchTakeBack(): Promise<Report> {
  const base = mkdtempSync(join(tmpdir(), 'piwork-bench-undo-'));
  try {
    const runs: TakeBackTimes[] = [];
    for (let round = 0; round <= rounds; round += 1) runs.push(await measure(base, round));
    // The first run also compiles.
    const counted = runs.slice(1);
    const copies = counted.map(({ copyMs }) => copyMs);
    const undone = counted.map(({ planMs, takeBackMs }) => planMs + takeBackMs);
    return {
      bench: 'files-undo',
      figures: [
        { name: 'plan and undo 1,000 changed files of 16 KB', unit: 'ms', values: undone },
        { name: 'control: copy the 1,000 files', unit: 'ms', values: copies },
      ],
      ratios: [ratioBudget('undo ÷ copy', 2, undone, copies)],
    };
  } finally {
    rmSync(base, { recursive: true });
  }
}
