/** How many parked processes the guest has, asked every few seconds. */
import type { BenchHost } from './bench-host';

export interface ParkedSample {
  /** Since the first one, in `s` */
  readonly at: number;
  /** `null` when the guest did not answer in time */
  readonly parked: number | null;
  readonly freeMb: number | null;
}

const everyMs = 5_000;

/** Asks until `stop` is called, which returns what was seen. */
export function watchParked({ host }: BenchHost): { stop(): Promise<readonly ParkedSample[]> } {
  const samples: ParkedSample[] = [];
  const startedAt = performance.now();
  let isOver = false;
  let wake = (): void => undefined;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      const at = Math.round((performance.now() - startedAt) / 1_000);
      const seen = await host.services.vm.taskd.runtime_diag({}).catch(() => null);
      const freeMb = seen && Math.round(seen.memoryFreeBytes / 1024 ** 2);
      samples.push({ at, parked: seen?.parked ?? null, freeMb });
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const done = watch();
  return {
    stop: async () => {
      isOver = true;
      wake();
      await done;
      return samples;
    },
  };
}
