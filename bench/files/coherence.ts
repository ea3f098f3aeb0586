/** 10,000 edits on the host while the guest reads: nothing old, nothing torn. */
import { closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { budget } from '../budgets';
import { publish, type Figure, type Ratio } from '../table';
import type { BenchGuest } from './machine';
import { inGuest, mounted, type Setting } from './setting';

const edits = 10_000;
const firstVersion = 100_000;
const filesOfKind = 8;
const contentBytes = 6000;
/** How many edits are made at once, and how long the host rests between: about 250 edits a second */
const burst = 5;
const restMs = 20;
/** What the guest was told this long before may not be missing from what it reads */
const allowanceSeconds = 0.1;

const counts = z.object({
  reads: z.number(),
  /** Neither one content nor another, whatever the kind */
  torn: z.number(),
  tornReplaced: z.number(),
  /** Older than what the guest had been told when the reading began */
  behind: z.number(),
  /** As `behind`, and told for longer than the allowance */
  stale: z.number(),
  /** Stale a second after the last edit */
  final: z.number(),
  /** The longest of `behind`, in seconds */
  latest: z.number(),
  unread: z.number(),
});

/** Replaced as editors do, or rewritten where they are; some of these the guest keeps open. */
const kinds = ['replaced', 'rewritten', 'kept'] as const;
const names = kinds.flatMap((kind) => Array.from({ length: filesOfKind }, (_, index) => `${kind}${index}`));

/** A content that says itself whether it is whole. */
function contentOf(version: number): string {
  const body = `${version} `.repeat(contentBytes).slice(0, contentBytes);
  return `${version} ${crc32(`${version}${body}`)}\n${body}`;
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
    // One call, so that only what lies between host and guest can tear it.
    writeSync(file, contentOf(version), 0);
  } finally {
    closeSync(file);
  }
}

async function editAll(guest: BenchGuest, folders: readonly string[]): Promise<void> {
  // Versions have the same length, so that a rewriting never changes a size.
  for (let made = 0; made < edits; made += burst) {
    const told = Array.from({ length: burst }, (_, index) => {
      const version = firstVersion + made + index;
      const name = names[(made + index) % names.length] ?? '';
      for (const folder of folders) edit(folder, name, version);
      return [name, version];
    });
    guest.tell({ told });
    await pause(restMs);
  }
  guest.tell({ over: true });
}

export async function benchCoherence(setting: Setting): Promise<void> {
  const { task, shares } = setting.places;
  const folders = [task.folder, shares.loose].map((folder) => join(folder, 'edited'));
  for (const folder of folders)
    for (const name of names) writeFileSync(join(folder, name), contentOf(firstVersion - 1));
  const [piwork, loose] = [`${mounted.piwork}/edited`, `${mounted.loose}/edited`];
  const [result, seconds] = await inGuest(setting, async (guest) => {
    const startedAt = performance.now();
    const reading = guest.ask(
      'coherence',
      { folders: [piwork, loose], names, allowance: allowanceSeconds },
      z.record(z.string(), counts),
    );
    const [counted] = await Promise.all([reading, editAll(guest, folders)]);
    return [counted, (performance.now() - startedAt) / 1000] as const;
  });
  const of = (folder: string): z.output<typeof counts> => counts.parse(result[folder]);
  const own = of(piwork);
  const control = of(loose);
  console.log(
    `coherence: ${edits} edits in ${seconds.toFixed(0)} s; ${JSON.stringify({ piwork: own, loose: control })}`,
  );
  const figure = (name: string, value: number, unit: Figure['unit'] = ''): Figure => ({ name, unit, values: [value] });
  const ratios: Ratio[] = [
    budget({ name: 'stale readings', value: own.stale, unit: '', atMost: 0 }),
    budget({ name: 'stale a second after the last edit', value: own.final, unit: '', atMost: 0 }),
    budget({ name: 'torn readings of replaced files', value: own.tornReplaced, unit: '', atMost: 0 }),
    budget({ name: 'readings that failed', value: own.unread, unit: '', atMost: 0 }),
    budget({ name: 'control: stale readings on 9p loose', value: control.stale, unit: '', atLeast: 100 }),
  ];
  await publish({
    bench: 'files-coherence',
    figures: [
      figure('edits on the host', edits),
      figure('readings in the guest', own.reads),
      figure('readings behind what was told, at all', own.behind),
      figure('the longest that one was behind', own.latest * 1000, 'ms'),
      figure('torn readings of files rewritten in place', own.torn - own.tornReplaced),
      figure('control: readings on 9p loose', control.reads),
    ],
    ratios,
  });
}
