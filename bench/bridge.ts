/**
 * What the bridge costs: starting, calls one at a time and many, bytes and memory, and a gate inside the real pi.
 * Controls in the same run: lines of JSON to an empty process, and a pi extension that does nothing.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeLine } from '../schema/jsonl';
import { gateTimes } from './bridge/gate-in-pi';
import { startLines } from './bridge/json-lines';
import { startBridge, toolCall, type BridgeProcess } from './bridge/process';
import { median, publish, type Figure, type Ratio } from './table';

const rounds = 5;
const callsPerRound = 1000;
const inFlight = 64;
const gateCalls = 300;
/** The first calls run code that hasn't run before */
const warmCalls = 50;

async function perSecond(count: number, run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (count / (performance.now() - start)) * 1000;
}

type Ask = (seq: number) => Promise<unknown>;

async function oneAtATime(ask: Ask, count: number): Promise<void> {
  for (let seq = 0; seq < count; seq += 1) await ask(seq);
}

async function manyAtOnce(ask: Ask, count: number): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await ask(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

async function rates(ask: Ask): Promise<{ readonly single: number[]; readonly many: number[] }> {
  await oneAtATime(ask, callsPerRound);
  const [single, many]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    single.push(await perSecond(callsPerRound, () => oneAtATime(ask, callsPerRound)));
    many.push(await perSecond(callsPerRound, () => manyAtOnce(ask, callsPerRound)));
  }
  return { single, many };
}

/** MB that belong only to the process, or including its share of common memory; Linux only. */
function memoryOf(pid: number, line: 'Pss' | 'Private_Dirty'): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(new RegExp(`^${line}: +(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN) / 1024;
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

async function startTimes(folder: string): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const started = await startBridge(folder);
    times.push(performance.now() - start);
    started.end();
  }
  return times;
}

async function bytesPerEvent({ bridge, bytes }: BridgeProcess): Promise<{ sent: number; received: number }> {
  const before = { ...bytes };
  await oneAtATime((seq) => bridge.handleEvent(toolCall(seq)), 100);
  return { sent: (bytes.sent - before.sent) / 100, received: (bytes.received - before.received) / 100 };
}

async function gateFigures(): Promise<{ readonly figures: Figure[]; readonly ratios: Ratio[] }> {
  const { PIWORK_PI_NODE: node, PIWORK_PI_CLI: cli } = process.env;
  if (node === undefined || cli === undefined) {
    console.log("The gate inside pi isn't measured: this computer has no pi outside the pack.\n");
    return { figures: [], ratios: [] };
  }
  const warm = (times: readonly number[]): number[] => times.slice(warmCalls);
  const empty = warm(await gateTimes({ node, cli }, null, gateCalls));
  const guarded = warm(await gateTimes({ node, cli }, 'dist/guest/proxy.mjs', gateCalls));
  const added = percentile(guarded, 0.99) - percentile(empty, 0.99);
  return {
    figures: [
      { name: 'gate inside pi, with the guard', unit: 'ms', values: guarded },
      { name: 'gate inside pi, empty extension (control)', unit: 'ms', values: empty },
    ],
    ratios: [
      { name: 'p50 of the gate, minus the control', value: median(guarded) - median(empty), unit: 'ms' },
      { name: 'p99 of the gate, minus the control', value: added, unit: 'ms', wanted: '≤ 1 ms', isMissed: added > 1 },
    ],
  };
}

export async function benchBridge(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'piwork-bench-bridge-'));
  const lines = startLines();
  const started = await startBridge(folder);
  try {
    const starts = await startTimes(folder);
    const bridge = await rates((seq) => started.bridge.handleEvent(toolCall(seq)));
    const control = await rates((seq) => lines.ask(toolCall(seq)));
    const bytes = await bytesPerEvent(started);
    const line = encodeLine({ id: 1, ...toolCall(1) }).length;
    const pid = started.child.pid ?? 0;
    const isLinux = process.platform === 'linux';
    const own = isLinux ? memoryOf(pid, 'Private_Dirty') : Number.NaN;
    const gate = await gateFigures();
    await publish({
      bench: 'bridge',
      figures: [
        { name: 'start to first answer', unit: 'ms', values: starts },
        { name: 'calls, one at a time', unit: 'per s', values: bridge.single },
        { name: 'JSON lines to an empty process, one at a time (control)', unit: 'per s', values: control.single },
        { name: `calls, ${inFlight} in flight`, unit: 'per s', values: bridge.many },
        { name: `JSON lines, ${inFlight} in flight (control)`, unit: 'per s', values: control.many },
        { name: 'bytes of a tool_call, sent', unit: '', values: [bytes.sent] },
        { name: 'bytes of its answer, received', unit: '', values: [bytes.received] },
        { name: 'bytes of the same event as a line of JSON (control)', unit: '', values: [line] },
        ...(isLinux
          ? [
              {
                name: 'memory, including its share of common memory (Pss)',
                unit: 'MB' as const,
                values: [memoryOf(pid, 'Pss')],
              },
            ]
          : []),
        ...gate.figures,
      ],
      ratios: [
        { name: 'calls one at a time ÷ control', value: median(bridge.single) / median(control.single) },
        { name: `calls ${inFlight} in flight ÷ control`, value: median(bridge.many) / median(control.many) },
        ...(isLinux
          ? [
              {
                name: 'memory that belongs only to it',
                value: own,
                unit: 'MB' as const,
                wanted: '≤ 40 MB',
                isMissed: own > 40,
              },
            ]
          : []),
        ...gate.ratios,
      ],
    });
  } finally {
    lines.end();
    started.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
