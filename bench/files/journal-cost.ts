/** What the journal costs: the same writes to a journaled folder and to one that isn't. */
import { ratioBudget } from '../budgets';
import type { Report } from '../table';
import type { BenchGuest } from './machine';
import { askMs, inGuest, inTurn, mounted, type Setting } from './setting';

const rounds = 5;
const sides = ['piwork', 'plain'] as const;
type Side = (typeof sides)[number];

const works = [
  '64 MB write and fsync',
  '300 × create, stat, read, delete',
  '200 files overwritten and synced',
] as const;
type Work = (typeof works)[number];

function runWork(guest: BenchGuest, work: Work, folder: string, seed: number): Promise<number> {
  switch (work) {
    case '64 MB write and fsync':
      return askMs(guest, 'write_large', { path: `${folder}/written/large`, megabytes: 64 });
    case '300 × create, stat, read, delete':
      return askMs(guest, 'small_files', { path: `${folder}/written`, count: 300 });
    case '200 files overwritten and synced':
      return askMs(guest, 'overwrite', { path: `${folder}/overwritten`, count: 200, size: 4096, seed });
  }
}

export async function benchJournalCost(setting: Setting): Promise<Report> {
  const times = new Map<string, number[]>();
  const valuesOf = (work: Work | 'all', side: Side): number[] => times.get(`${work} ${side}`) ?? [];
  const add = (work: Work | 'all', side: Side, ms: number): unknown =>
    times.set(`${work} ${side}`, [...valuesOf(work, side), ms]);
  await inGuest(setting, async (guest) => {
    // The first round is discarded: emulation translates code that hasn't run yet.
    for (let round = 0; round <= rounds; round += 1) {
      // One turn each, so that the files are kept again in every round.
      await inTurn(setting, async () => {
        const sums: Record<Side, number> = { piwork: 0, plain: 0 };
        for (const work of works) {
          for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
            const ms = await runWork(guest, work, mounted[side], round);
            sums[side] += ms;
            if (round > 0) add(work, side, ms);
          }
        }
        if (round > 0) for (const side of sides) add('all', side, sums[side]);
      });
    }
  });
  const names = { piwork: 'journaled', plain: 'not journaled' } as const;
  const all = [...works, 'all'] as const;
  return {
    bench: 'files-journal',
    figures: all.flatMap((work) =>
      sides.map((side) => ({ name: `${work}: ${names[side]}`, unit: 'ms' as const, values: valuesOf(work, side) })),
    ),
    ratios: all.map((work) =>
      ratioBudget(`${work}: journaled ÷ not`, 1.15, valuesOf(work, 'piwork'), valuesOf(work, 'plain')),
    ),
  };
}
