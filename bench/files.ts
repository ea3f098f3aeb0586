/**
 * `npm run bench files [PART…]`: Piwork's file server against the guest's own ext4 and QEMU's 9p, all in one guest.
 *
 * | part      | shows                                                                       |
 * |-----------|-----------------------------------------------------------------------------|
 * | everyday  | git status, ls -lR, large and small files                                   |
 * | edits     | how soon the guest sees an edit on the host                                 |
 * | journal   | what the journal costs                                                      |
 * | undo      | undoing a turn, against copying its files                                   |
 * | mounting  | what a mounted folder adds to a resume                                      |
 * | coherence | nothing old or torn in 10,000 concurrent edits                              |
 * | messages  | how many requests each everyday task costs, by kind; only by name           |
 *
 * Each part prints its table when it is finished; all budgets follow in one table at the end.
 */
import { benchCoherence } from './files/coherence';
import { benchEveryday } from './files/everyday';
import { benchHostEdits } from './files/host-edits';
import { benchJournalCost } from './files/journal-cost';
import { benchMessages } from './files/messages';
import { benchMounting } from './files/mounting';
import { type Part, type PartResults, runParts } from './files/parts';
import { makeSetting, type Setting } from './files/setting';
import { benchTakeBack } from './files/take-back';
import { formatBudgets, type Report } from './table';

const withGuest: Readonly<Record<string, (setting: Setting) => Promise<Report>>> = {
  everyday: benchEveryday,
  edits: benchHostEdits,
  journal: benchJournalCost,
  mounting: benchMounting,
  coherence: benchCoherence,
  messages: benchMessages,
};
const onlyByName = ['messages'];
const hostPart = 'undo';

export const filesParts: readonly string[] = [hostPart, ...Object.keys(withGuest)];

async function runInGuests(packFolder: string, names: readonly string[]): Promise<PartResults> {
  if (names.length === 0) return { reports: [], failures: [] };
  const setting = await makeSetting(packFolder);
  try {
    const parts = names.flatMap((name): Part[] => {
      const bench = withGuest[name];
      return bench ? [{ name, run: () => bench(setting) }] : [];
    });
    return await runParts(parts, () => setting.machine.stop());
  } finally {
    await setting.dispose();
  }
}

/** @param parts all of them when none is named. @throws AggregateError when parts failed, after the others have run */
export async function benchFiles(packFolder: string, parts: readonly string[]): Promise<void> {
  const isWanted = (name: string): boolean => (parts.length === 0 ? !onlyByName.includes(name) : parts.includes(name));
  const onHost = isWanted(hostPart) ? [{ name: hostPart, run: benchTakeBack }] : [];
  const results = [
    await runParts(onHost, () => Promise.resolve()),
    await runInGuests(packFolder, Object.keys(withGuest).filter(isWanted)),
  ];
  console.log(`${formatBudgets(results.flatMap(({ reports }) => reports))}\n`);
  const failures = results.flatMap((result) => result.failures);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} parts failed`);
}
