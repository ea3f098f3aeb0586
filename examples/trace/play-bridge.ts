/** Plays a trace to a bridge in its own process, over a connection like that of pi's proxy. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { childWire } from '../../bridge/wire/node-wire';
import { connectBridge } from '../../schema/capnp/bridge-connection';
import { isAsRecorded, type Played, readTrace, TracePlayer, type TraceStep } from './play-trace';

export interface BridgeCommand {
  readonly program: string;
  readonly words: readonly string[];
}

/** A line of the trace, and its outcome. */
export interface PlayedStep {
  readonly step: TraceStep;
  readonly played: Played;
  readonly isAsRecorded: boolean;
  readonly tookMs: number;
}

/** How long a bridge may take to end after its connection is closed, `ms` */
const endMs = 5000;
/**
 * How long the whole trace may take, so that a bridge that answers nothing doesn't use up the limit of every line, `ms`
 */
const traceMs = 60_000;

/** Plays every line of the trace in `traceFile`; `exit` says how the bridge's process ended when it was closed. */
export async function playBridge(
  { program, words }: BridgeCommand,
  traceFile: string,
  filesFolder: string,
): Promise<{ readonly steps: readonly PlayedStep[]; readonly exit: string }> {
  const trace = readTrace(await readFile(traceFile, 'utf8'), filesFolder);
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const { bridge, close } = connectBridge(childWire(child));
  try {
    const steps = await Promise.race([playAll(new TracePlayer(bridge), trace), failed]);
    close();
    return { steps, exit: await endOf(child) };
  } finally {
    child.kill('SIGKILL');
  }
}

async function playAll(player: TracePlayer, trace: readonly TraceStep[]): Promise<readonly PlayedStep[]> {
  const steps: PlayedStep[] = [];
  const begunAt = performance.now();
  for (const step of trace) {
    const startedAt = performance.now();
    if (startedAt - begunAt > traceMs) throw new Error(`the trace took more than ${traceMs} ms, up to: ${step.about}`);
    const played = await player.play(step);
    steps.push({ step, played, isAsRecorded: isAsRecorded(step, played), tookMs: performance.now() - startedAt });
  }
  return steps;
}

async function endOf(child: ChildProcessByStdio<Writable, Readable, null>): Promise<string> {
  if (child.exitCode !== null) return `exit ${child.exitCode}`;
  try {
    const [code, signal] = (await once(child, 'exit', { signal: AbortSignal.timeout(endMs) })) as [number, string];
    return signal ? signal : `exit ${code}`;
  } catch {
    return `still running after ${endMs} ms`;
  }
}
