/** How much a resume takes longer when a folder is mounted and written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { budget } from '../budgets';
import { median, type Report } from '../table';
import { mounted, mountFiles, serveFiles, type Setting } from './setting';

const rounds = 5;

type Step = 'awake' | 'served' | 'mounted' | 'written';

/**
 * From nothing until the guest reports that it is awake, or that it has written to the host's folder; with the share of
 * each step.
 */
async function resumeMs(setting: Setting, text: string | null): Promise<Readonly<Record<Step | 'all', number>>> {
  const startedAt = performance.now();
  const steps: Record<Step, number> = { awake: 0, served: 0, mounted: 0, written: 0 };
  let last = startedAt;
  const reached = (step: Step): void => {
    const now = performance.now();
    steps[step] = now - last;
    last = now;
  };
  const guest = await setting.machine.resume();
  try {
    reached('awake');
    if (text !== null) {
      await serveFiles(setting);
      reached('served');
      await mountFiles(setting, guest);
      reached('mounted');
      await guest.ask('write_file', { path: `${mounted.piwork}/written/resumed`, text }, z.null());
      reached('written');
    }
    const all = last - startedAt;
    if (text !== null && readFileSync(join(setting.places.task.folder, 'written/resumed'), 'utf8') !== text) {
      throw new Error("the guest's data isn't on the host");
    }
    return { ...steps, all };
  } finally {
    await guest.stop();
  }
}

export async function benchMounting(setting: Setting): Promise<Report> {
  const alone: number[] = [];
  const runs: Readonly<Record<Step | 'all', number>>[] = [];
  await resumeMs(setting, null);
  for (let round = 0; round < rounds; round += 1) {
    alone.push((await resumeMs(setting, null)).all);
    runs.push(await resumeMs(setting, `round ${round}`));
  }
  const of = (step: Step | 'all'): number[] => runs.map((run) => run[step]);
  const written = of('all');
  return {
    bench: 'files-resume',
    figures: [
      { name: 'QEMU spawned → folder mounted and written', unit: 'ms', values: written },
      { name: '  of it: the server opens folder and journal', unit: 'ms', values: of('served') },
      { name: '  of it: mount and binds', unit: 'ms', values: of('mounted') },
      { name: '  of it: first write, with the journal', unit: 'ms', values: of('written') },
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
