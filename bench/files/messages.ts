/** How many messages each task costs, by kind, in one run including its preparation; nothing is timed. */
import { join } from 'node:path';
import { z } from 'zod';
import type { BenchGuest } from './machine';
import type { Figure, Report } from '../table';
import { inGuest, inTurn, mounted, type Setting } from './setting';
import { openTap } from './tap';
import { worksOn } from './works';

export async function benchMessages(setting: Setting): Promise<Report> {
  const socket = join(setting.places.runFolder, 'tap.sock');
  const tap = await openTap(socket, setting.filesSocket);
  const figures: Figure[] = [];
  const add = (name: string, count: number): unknown => figures.push({ name, unit: '', values: [count] });
  try {
    const count = async (guest: BenchGuest): Promise<void> => {
      for (const { name, action, parameters } of worksOn(mounted.piwork)) {
        // The first time also includes one-time requests.
        await guest.ask(action, parameters, z.number());
        tap.take();
        await guest.ask(action, parameters, z.number());
        const counts = tap.take();
        const total = [...counts.values()].reduce((sum, value) => sum + value, 0);
        add(name, total);
        for (const [kind, value] of counts) add(`  ${kind}`, value);
      }
    };
    await inGuest(setting, (guest) => inTurn(setting, () => count(guest)), socket);
  } finally {
    tap.close();
  }
  return { bench: 'files-messages', figures, ratios: [] };
}
