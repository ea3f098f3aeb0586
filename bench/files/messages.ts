/** How many messages each piece of work costs, by kind; nothing is timed. */
import { join } from 'node:path';
import { z } from 'zod';
import type { BenchGuest } from './machine';
import { inGuest, inTurn, mounted, type Setting } from './setting';
import { openTap } from './tap';
import { worksOn } from './works';

export async function benchMessages(setting: Setting): Promise<void> {
  const socket = join(setting.places.runFolder, 'tap.sock');
  const tap = await openTap(socket, setting.filesSocket);
  const lines: string[] = [];
  try {
    const count = async (guest: BenchGuest): Promise<void> => {
      for (const { name, action, parameters } of worksOn(mounted.piwork)) {
        // The first time also meets what is not usual.
        await guest.ask(action, parameters, z.number());
        tap.take();
        await guest.ask(action, parameters, z.number());
        const counts = tap.take();
        const total = [...counts.values()].reduce((sum, value) => sum + value, 0);
        lines.push(`  ${name}: ${total} (${[...counts].map(([kind, value]) => `${kind} ${value}`).join(', ')})`);
      }
    };
    await inGuest(setting, (guest) => inTurn(setting, () => count(guest)), socket);
  } finally {
    tap.close();
  }
  console.log(`files-messages, one run of each with what prepares it\n${lines.join('\n')}\n`);
}
