/**
 * `npm run bench files [PART…]`: Piwork's file server against the guest's own ext4 and QEMU's 9p, all in one guest.
 *
 * | part      | shows                                                                       |
 * |-----------|-----------------------------------------------------------------------------|
 * | everyday  | git status, ls -lR, large and small files                                   |
 * | edits     | how soon the guest sees an edit of the host                                 |
 * | journal   | what the journal costs                                                      |
 * | undo      | taking a turn back, against copying its files                               |
 * | mounting  | what a mounted folder adds to a resume                                      |
 * | coherence | nothing old or torn in 10,000 concurrent edits                              |
 * | messages  | how many requests each piece of everyday work costs, by kind; only by name  |
 */
import { benchCoherence } from './files/coherence';
import { benchEveryday } from './files/everyday';
import { benchHostEdits } from './files/host-edits';
import { benchJournalCost } from './files/journal-cost';
import { benchMessages } from './files/messages';
import { benchMounting } from './files/mounting';
import { makeSetting, type Setting } from './files/setting';
import { benchTakeBack } from './files/take-back';

const withGuest: Readonly<Record<string, (setting: Setting) => Promise<void>>> = {
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

/** @param parts all of them when none is named */
export async function benchFiles(packFolder: string, parts: readonly string[]): Promise<void> {
  const isWanted = (name: string): boolean => (parts.length === 0 ? !onlyByName.includes(name) : parts.includes(name));
  if (isWanted(hostPart)) await benchTakeBack();
  const wanted = Object.entries(withGuest).filter(([name]) => isWanted(name));
  if (wanted.length === 0) return;
  const setting = await makeSetting(packFolder);
  try {
    for (const [, bench] of wanted) await bench(setting);
  } finally {
    await setting.dispose();
  }
}
