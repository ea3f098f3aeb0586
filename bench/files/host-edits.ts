/** How soon the guest sees what somebody changes on the host. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { budget } from '../budgets';
import { median, type Report } from '../table';
import type { BenchGuest } from './machine';
import { inGuest, mounted, type Setting } from './setting';

const rounds = 5;
const pings = 30;
const patienceSeconds = 2;
/** Until the guest has certainly started to look, and has found the earlier state */
const headStartMs = 60;

interface Edit {
  readonly name: string;
  /** The file's content afterwards, `null` when it is gone */
  readonly text: (round: number) => string | null;
  readonly apply: (path: string, text: string) => void;
}

const edits: readonly Edit[] = [
  { name: 'rewritten', text: (round) => `round ${round}`, apply: writeFileSync },
  { name: 'rewritten with the same size', text: (round) => `ROUND ${round}`, apply: writeFileSync },
  {
    name: 'replaced',
    text: (round) => `replaced ${round}`,
    apply: (path, text) => {
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
    },
  },
  { name: 'deleted', text: () => null, apply: (path) => rmSync(path) },
  { name: 'new', text: (round) => `new ${round}`, apply: writeFileSync },
];

interface Place {
  readonly host: string;
  readonly guest: string;
}

const waitFor = (guest: BenchGuest, path: string, text: string | null): Promise<boolean> =>
  guest.ask('wait_for', { path, text, seconds: patienceSeconds }, z.boolean());

async function roundTripMs(guest: BenchGuest): Promise<number> {
  const startedAt = performance.now();
  await guest.ask('ping', {}, z.null());
  return performance.now() - startedAt;
}

/** From the end of the edit to the guest's message that it read it; `null` when the guest gave up waiting. */
async function seenMs(guest: BenchGuest, place: Place, edit: Edit, round: number): Promise<number | null> {
  const text = edit.text(round);
  const isSeen = waitFor(guest, place.guest, text);
  await pause(headStartMs);
  edit.apply(place.host, text ?? '');
  const editedAt = performance.now();
  return (await isSeen) ? performance.now() - editedAt : null;
}

/** Times by edit; each begins with what the guest has already read. */
async function measure(guest: BenchGuest, place: Place, counted: number): Promise<readonly (number | null)[][]> {
  const times: (number | null)[][] = edits.map(() => []);
  let now: string | null = 'first';
  writeFileSync(place.host, now);
  for (let round = 0; round < counted; round += 1) {
    for (const [index, edit] of edits.entries()) {
      await waitFor(guest, place.guest, now);
      times[index]?.push(await seenMs(guest, place, edit, round));
      now = edit.text(round);
    }
  }
  return times;
}

const isSeen = (time: number | null): time is number => time !== null;

export async function benchHostEdits(setting: Setting): Promise<Report> {
  const { task, shares } = setting.places;
  const place = (host: string, guest: string): Place => ({
    host: join(host, 'edited/file.txt'),
    guest: `${guest}/edited/file.txt`,
  });
  const result = await inGuest(setting, async (guest) => {
    const roundTrips: number[] = [];
    for (let ping = 0; ping < pings; ping += 1) roundTrips.push(await roundTripMs(guest));
    return {
      roundTrips,
      piwork: await measure(guest, place(task.folder, mounted.piwork), rounds),
      // It times out each time. With `none`, the guest's kernel sometimes reads a replaced file forever.
      loose: await measure(guest, place(shares.loose, mounted.loose), 1),
    };
  });
  // The message itself travels one way.
  const travelMs = median(result.roundTrips) / 2;
  const seenOf = (times: readonly (number | null)[]): number[] => times.filter(isSeen).map((ms) => ms - travelMs);
  const piwork = result.piwork.flat();
  const loose = result.loose.flat();
  return {
    bench: 'files-host-edits',
    figures: [
      ...edits.map((edit, index) => ({
        name: `${edit.name} on the host → read in the guest`,
        unit: 'ms' as const,
        values: seenOf(result.piwork[index] ?? []),
      })),
      { name: 'control port, round trip', unit: 'ms', values: result.roundTrips },
    ],
    ratios: [
      budget({ name: 'slowest of all edits', value: Math.max(...seenOf(piwork)), unit: 'ms', atMost: 100 }),
      budget({ name: 'edits never seen', value: piwork.filter((ms) => !isSeen(ms)).length, unit: '', atMost: 0 }),
      budget({
        name: `control: 9p loose, not seen of ${loose.length}`,
        value: loose.filter((ms) => !isSeen(ms)).length,
        unit: '',
        atLeast: 1,
      }),
    ],
  };
}
