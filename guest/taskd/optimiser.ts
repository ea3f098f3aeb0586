/**
 * V8's optimising compilers in an emulated guest: off while the guest wakes, on again after the first work.
 *
 * In the first seconds, compiling costs more than it saves, because newly compiled code must be translated again. A
 * long run gains from compiled code, so the flags are reset later.
 */
import { setFlagsFromString } from 'node:v8';

/** Flags of a Node that starts without the compilers. `init.sh` names the same ones for taskd. */
export const withoutOptimiser = ['--no-opt', '--no-maglev', '--no-sparkplug'] as const;

const quietMs = 60_000;

/** Turns the compilers on after a minute, if this process started without them. */
export function optimiseLater(): void {
  if (!process.execArgv.includes(withoutOptimiser[0])) return;
  const turnOn = (): void => {
    for (const flag of withoutOptimiser) setFlagsFromString(flag.replace('--no-', '--'));
  };
  setTimeout(turnOn, quietMs).unref();
}
