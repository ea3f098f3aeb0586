/** 10,000 edits on the host while the guest reads: nothing old, nothing torn. */
import { closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { budget } from '../budgets';
import type { Figure, Ratio, Report } from '../table';
import type { BenchGuest } from './machine';
import { inGuest, mounted, type Setting } from './setting';

const edits = 10_000;
const firstVersion = 100_000;
const filesOfKind = 8;
const contentBytes = 6000;
/** How many edits are made in one go, and how long the host then rests: about 250 edits a second */
const burst = 5;
const restMs = 20;
/** What the guest was notified of this long ago must be in what it reads */
const allowanceSeconds = 0.1;

const counts = z.object({
  reads: z.number(),
  /** Contains neither one version nor another */
  torn: z.number(),
  /** Older than what the guest had been notified of when the read began */
  behind: z.number(),
  /** Like `behind`, and notified of for longer than the allowance */
  stale: z.number(),
  /** Stale a second after the last edit */
  final: z.number(),
  failed: z.number(),
  /** The longest of `behind`, in seconds */
  latest: z.number(),
});
type Counts = z.output<typeof counts>;

/**
 * Replaced as editors do, or rewritten in place; `held` is rewritten too, and read through a descriptor opened before.
 */
const ways = ['replaced', 'rewritten', 'held'] as const;
type Way = (typeof ways)[number];
const counted = z.record(z.string(), z.record(z.enum(ways), counts));

const names = ways.flatMap((way) => Array.from({ length: filesOfKind }, (_, index) => `${way}${index}`));

/** Content that shows whether it is complete; every version has the same length. */
function contentOf(version: number): string {
  const body = `${version} `.repeat(contentBytes).slice(0, contentBytes);
  return `${version} ${`${crc32(`${version}${body}`)}`.padStart(10, '0')}\n${body}`;
}

function edit(folder: string, name: string, version: number): void {
  const path = join(folder, name);
  if (name.startsWith('replaced')) {
    writeFileSync(`${path}.new`, contentOf(version));
    renameSync(`${path}.new`, path);
    return;
  }
  const file = openSync(path, 'r+');
  try {
    // One call, so that only what is between host and guest can tear it.
    writeSync(file, contentOf(version), 0);
  } finally {
    closeSync(file);
  }
}

async function editAll(guest: BenchGuest, folders: readonly string[]): Promise<void> {
  for (let made = 0; made < edits; made += burst) {
    const told = Array.from({ length: burst }, (_, index) => {
      const version = firstVersion + 1 + made + index;
      const name = names[(made + index) % names.length] ?? '';
      for (const folder of folders) edit(folder, name, version);
      return [name, version];
    });
    guest.tell({ told });
    await pause(restMs);
  }
  guest.tell({ over: true });
}

async function measure(setting: Setting): Promise<Readonly<Record<'piwork' | 'loose', Record<Way, Counts>>>> {
  const { task, shares } = setting.places;
  const onHost = [task.folder, shares.loose].map((folder) => join(folder, 'edited'));
  for (const folder of onHost) for (const name of names) writeFileSync(join(folder, name), contentOf(firstVersion));
  const [piwork, loose] = [`${mounted.piwork}/edited`, `${mounted.loose}/edited`];
  const result = await inGuest(setting, async (guest) => {
    const parameters = { folders: [piwork, loose], names, allowance: allowanceSeconds };
    const [done] = await Promise.all([guest.ask('coherence', parameters, counted), editAll(guest, onHost)]);
    return done;
  });
  const of = (folder: string): Record<Way, Counts> => {
    const found = result[folder];
    if (!found) throw new Error(`the guest didn't read ${folder}`);
    return found;
  };
  return { piwork: of(piwork), loose: of(loose) };
}

const labels: Record<Way, string> = {
  replaced: 'replaced, reopened',
  rewritten: 'rewritten, reopened',
  held: 'rewritten, held open',
};

export async function benchCoherence(setting: Setting): Promise<Report> {
  const { piwork, loose } = await measure(setting);
  const figure = (name: string, value: number, unit: Figure['unit'] = ''): Figure => ({ name, unit, values: [value] });
  const none = (name: string, value: number): Ratio => budget({ name, value, unit: '', atMost: 0 });
  const staleOnLoose = ways.reduce((sum, way) => sum + loose[way].stale, 0);
  return {
    bench: 'files-coherence',
    figures: [
      figure('edits on the host', edits),
      ...ways.flatMap((way) => [
        figure(`${labels[way]}: readings`, piwork[way].reads),
        figure(`${labels[way]}: behind the notifications, at all`, piwork[way].behind),
        figure(`${labels[way]}: longest time behind`, piwork[way].latest * 1000, 'ms'),
      ]),
      // On any file system, a writer and a reader of one file may collide.
      figure(`${labels.rewritten}: torn`, piwork.rewritten.torn),
      figure(`${labels.held}: torn`, piwork.held.torn),
    ],
    ratios: [
      ...ways.flatMap((way) => [
        none(`${labels[way]}: stale`, piwork[way].stale),
        none(`${labels[way]}: stale a second after the last edit`, piwork[way].final),
        none(`${labels[way]}: reads that failed`, piwork[way].failed),
      ]),
      none(`${labels.replaced}: torn`, piwork.replaced.torn),
      budget({ name: 'control: stale reads on 9p loose', value: staleOnLoose, unit: '', atLeast: 100 }),
    ],
  };
}
