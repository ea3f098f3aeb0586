// Swaps a directory and a link to another place as fast as it can, until it is killed.
import { renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { argv, stdout } from 'node:process';
const [, , directory, parked, outside] = argv;
stdout.write('swapping\n');
for (;;) {
  renameSync(directory, parked);
  symlinkSync(outside, directory);
  unlinkSync(directory);
  renameSync(parked, directory);
}
