/** What people and agents do all day, on Piwork's files, on the guest's own ext4, and on QEMU's 9p. */
import { ratioBudget } from '../budgets';
import type { Figure, Ratio, Report } from '../table';
import type { BenchGuest } from './machine';
import { askMs, inGuest, inTurn, mounted, type Setting } from './setting';
import { worksOn, type Work } from './works';

const rounds = 3;
const systems = ['ext4', 'piwork', 'none', 'loose'] as const;
type System = (typeof systems)[number];

const labels: Record<System, string> = {
  ext4: "the guest's ext4",
  piwork: 'piwork',
  none: '9p none',
  loose: '9p loose',
};

const works = worksOn('');

/** QEMU's own 9p takes minutes for most of it, and is compared only for small files: it is measured once. */
const isDue = (system: System, work: Work['key'], round: number): boolean =>
  system === 'ext4' || system === 'piwork' || (system === 'none' && work === 'small') || round === rounds;

class Times {
  readonly #values = new Map<string, number[]>();

  of(work: Work['key'], system: System): number[] {
    const key = `${work} ${system}`;
    const values = this.#values.get(key) ?? [];
    this.#values.set(key, values);
    return values;
  }
}

async function measure(guest: BenchGuest, times: Times): Promise<void> {
  // The first round is discarded: emulation translates code that hasn't run yet, and git's index has other inodes.
  for (let round = 0; round <= rounds; round += 1) {
    for (const index of works.keys()) {
      // One right after the other, so that a slow moment of the machine affects all.
      for (const system of systems) {
        const work = worksOn(mounted[system])[index];
        if (!work || !isDue(system, work.key, round)) continue;
        const ms = await askMs(guest, work.action, work.parameters);
        if (round > 0) times.of(work.key, system).push(ms);
      }
    }
  }
}

export async function benchEveryday(setting: Setting): Promise<Report> {
  const times = new Times();
  await inGuest(setting, (guest) => inTurn(setting, () => measure(guest, times)));
  const figures = works.flatMap(({ key, name }) =>
    systems.map((system): Figure => ({
      name: `${name}: ${labels[system]}`,
      unit: 'ms',
      values: times.of(key, system),
    })),
  );
  const ratio = (key: Work['key'], control: System, limit: number): Ratio => {
    const name = works.find((work) => work.key === key)?.name ?? key;
    return ratioBudget(`${name}: piwork ÷ ${labels[control]}`, limit, times.of(key, 'piwork'), times.of(key, control));
  };
  return {
    bench: 'files-everyday',
    figures,
    ratios: [
      ratio('statusWarm', 'ext4', 1.5),
      ratio('statusCold', 'ext4', 4),
      ratio('list', 'ext4', 2),
      ratio('write', 'ext4', 2),
      ratio('read', 'ext4', 2),
      ratio('small', 'none', 0.6),
      ratio('small', 'ext4', 10),
    ],
  };
}
