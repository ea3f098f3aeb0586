// Swaps a file or directory and a link to another place as fast as it can, until it is killed.
import { renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { argv, stdout } from 'node:process';
const [, , target, parked, outside] = argv;

/** What is attacked may make something in the gap between two steps. */
function attempt(step) {
  try {
    step();
  } catch {
    // The next round puts it right.
  }
}

stdout.write('swapping\n');
for (;;) {
  attempt(() => renameSync(target, parked));
  attempt(() => symlinkSync(outside, target));
  attempt(() => unlinkSync(target));
  attempt(() => renameSync(parked, target));
}
