/**
 * Many tasks at once on one real VM, started through the real host: how many settle whole, and how long that takes,
 * with and without other work on the computer. The control is one task alone in the same VM.
 *
 * `--tasks 20 --together 5 --loads 0,10`: a load is a number of busy processes at normal priority.
 */
import { loadavg } from 'node:os';
import { startBenchHost, type BenchHost } from './many/bench-host';
import { busyLoad } from './many/busy-load';
import { runTasks, type TaskResult } from './many/one-task';
import { watchParked, type ParkedSample } from './many/parked-over-time';
import { median, publish, type Figure, type Ratio } from './table';

export interface ManyOptions {
  readonly tasks: number;
  /** How many of them at a time */
  readonly together: number;
  readonly loads: readonly number[];
}

export const wholeForm: ManyOptions = { tasks: 20, together: 5, loads: [0, 10] };
export const quickForm: ManyOptions = { tasks: 6, together: 5, loads: [0] };

const controls = 3;

interface LoadReport {
  readonly load: number;
  readonly loadAverage: { readonly before: number; readonly after: number };
  readonly results: readonly TaskResult[];
  readonly parked: readonly ParkedSample[];
}

const loadAverage = (): number => Number((loadavg()[0] ?? 0).toFixed(2));

async function atLoad(host: BenchHost, load: number, { tasks, together }: ManyOptions): Promise<LoadReport> {
  const busy = await busyLoad(load);
  const before = loadAverage();
  const watching = watchParked(host);
  try {
    console.log(`many: ${tasks} tasks, ${together} at a time, load ${load} (load average ${before})`);
    const results = await runTasks(host, { count: tasks, together, prefix: `load-${load}` });
    return { load, loadAverage: { before, after: loadAverage() }, results, parked: await watching.stop() };
  } finally {
    busy.dispose();
    await watching.stop();
  }
}

/** The curve in one line: parked processes at each look. */
const parkedLine = ({ load, parked }: LoadReport): string =>
  `many: parked processes over time at load ${load}: ${parked.map((one) => one.parked ?? '?').join(' ')}`;

const times = (results: readonly TaskResult[]): number[] => results.map(({ settledMs }) => settledMs);

const figuresOf = ({ load, loadAverage: { before, after }, results, parked }: LoadReport): Figure[] => [
  { name: `load ${load}: settled whole`, unit: '', values: [results.filter(({ isWhole }) => isWhole).length] },
  { name: `load ${load}: prompt → settled`, unit: 'ms', values: times(results) },
  { name: `load ${load}: wait in the queue`, unit: 'ms', values: results.map(({ queuedMs }) => queuedMs) },
  { name: `load ${load}: parked processes over time`, unit: '', values: parked.flatMap((one) => one.parked ?? []) },
  { name: `load ${load}: guest memory free`, unit: 'MB', values: parked.flatMap((one) => one.freeMb ?? []) },
  { name: `load ${load}: load average of the computer`, unit: '', values: [before, after] },
];

function ratiosOf(report: LoadReport, alone: readonly TaskResult[], { tasks, together }: ManyOptions): Ratio[] {
  const { load, results } = report;
  const whole = results.filter(({ isWhole }) => isWhole).length;
  const ratio = median(times(results)) / median(times(alone));
  return [
    { name: `load ${load}: settled whole`, value: whole, unit: '', wanted: `${tasks}`, isMissed: whole < tasks },
    { name: `load ${load}: one of ${together} at a time ÷ one task alone`, value: ratio },
  ];
}

export async function benchMany(packFolder: string, options: ManyOptions): Promise<void> {
  const host = await startBenchHost(packFolder);
  try {
    // Building a template isn't measured.
    await host.connection.client['vm.start']({}, { timeoutMs: 15 * 60_000 });
    console.log(`many: the control, ${controls} tasks one after another`);
    const alone = await runTasks(host, { count: controls, together: 1, prefix: 'alone' });
    const reports: LoadReport[] = [];
    for (const load of options.loads) reports.push(await atLoad(host, load, options));
    for (const report of reports) console.log(parkedLine(report));
    await publish({
      bench: 'many',
      figures: [
        { name: 'control: one task alone, prompt → settled', unit: 'ms', values: times(alone) },
        ...reports.flatMap(figuresOf),
      ],
      ratios: reports.flatMap((report) => ratiosOf(report, alone, options)),
      runs: { alone, loads: reports },
    });
    const problems = [...alone, ...reports.flatMap(({ results }) => results)].flatMap((one) => one.problems);
    if (problems.length > 0) throw new Error(`Not every task settled whole:\n${problems.join('\n')}`);
  } finally {
    await host.dispose();
  }
}
