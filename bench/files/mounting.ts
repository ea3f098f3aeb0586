/** What it adds to a resume that a folder is mounted and written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { budget } from '../budgets';
import { median, type Report } from '../table';
import { mounted, mountFiles, type Setting } from './setting';

const rounds = 5;

/** From nothing to the guest's word that it is awake, or that it has written to the host's folder. */
async function resumeMs(setting: Setting, text: string | null): Promise<number> {
  const startedAt = performance.now();
  const guest = await setting.machine.resume();
  try {
    if (text !== null) {
      await mountFiles(setting, guest);
      await guest.ask('write_file', { path: `${mounted.piwork}/written/resumed`, text }, z.null());
    }
    const ms = performance.now() - startedAt;
    if (text !== null && readFileSync(join(setting.places.task.folder, 'written/resumed'), 'utf8') !== text) {
      throw new Error('what the guest wrote is not on the host');
    }
    return ms;
  } finally {
    await guest.stop();
  }
}

export async function benchMounting(setting: Setting): Promise<Report> {
  const alone: number[] = [];
  const written: number[] = [];
  await resumeMs(setting, null);
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await resumeMs(setting, null));
    written.push(await resumeMs(setting, `round ${round}`));
  }
  return {
    bench: 'files-resume',
    figures: [
      { name: 'QEMU spawned → folder mounted and written', unit: 'ms', values: written },
      { name: 'control: QEMU spawned → guest awake', unit: 'ms', values: alone },
    ],
    ratios: [
      budget({
        name: 'mounted and written − awake',
        value: median(written) - median(alone),
        unit: 'ms',
        atMost: 150,
      }),
    ],
  };
}
