// Swaps a file or directory and a link to another place as fast as it can, until it is killed.
import { renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { argv, stdout } from 'node:process';
const [, , target, parked, outside] = argv;

/** The process under attack may create something between two steps. */
function attempt(step) {
  try {
    step();
  } catch {
    // The next round corrects it.
  }
}

stdout.write('swapping\n');
for (;;) {
  attempt(() => renameSync(target, parked));
  attempt(() => symlinkSync(outside, target));
  attempt(() => unlinkSync(target));
  attempt(() => renameSync(parked, target));
}
