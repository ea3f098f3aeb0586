/** Parked pi processes: loaded, sandboxed, waiting to be told their task. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Server } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { sandboxArguments } from '../sandbox/arguments';
import { relayGateway } from '../sandbox/gateway-relay';
import type { Slot } from '../sandbox/layout';
import type { Slots } from '../sandbox/slots';

/** A child whose three streams and assignment pipe exist. */
export interface ParkedChild {
  readonly child: ChildProcess;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly assignment: Writable;
}

export interface Parked extends ParkedChild {
  readonly slot: Slot;
  readonly relay: Server;
}

export interface ParkingOptions {
  readonly slots: Slots;
  readonly uid: number;
  readonly gid: number;
  readonly gatewayPort: () => number | null;
}

const program = ['/opt/node/bin/node', '--enable-source-maps', '/opt/piwork/parking.mjs'];

function spawnInSandbox(slot: Slot, uid: number, gid: number): ParkedChild {
  const child = spawn('bwrap', [...sandboxArguments(slot), '--', ...program], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    uid,
    gid,
  });
  const { stdin, stdout, stderr } = child;
  const assignment = child.stdio[3] as Writable;
  return { child, stdin, stdout, stderr, assignment };
}

/** Resolves when pi's code is loaded. @throws Error with what the process printed when it ends before. */
async function untilLoaded({ child, stderr }: ParkedChild): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      text += chunk.toString();
      if (!text.includes('parked\n')) return;
      stderr.off('data', onData);
      resolve();
    };
    stderr.on('data', onData);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`pi could not be loaded (exit ${String(code)}): ${text.trim()}`)));
  });
}

/** Keeps `count` processes parked; a claim takes one and parks another behind it. */
export class ParkingLot {
  readonly #parked: Array<Promise<Parked>> = [];

  constructor(private readonly options: ParkingOptions) {}

  get size(): number {
    return this.#parked.length;
  }

  /** Parks until `count` stand ready. @throws Error when one cannot be loaded */
  async fill(count: number): Promise<void> {
    while (this.#parked.length < count) this.#parked.push(this.#park());
    await Promise.all(this.#parked);
  }

  async claim(): Promise<Parked> {
    const next = this.#parked.shift() ?? this.#park();
    const parked = await next;
    // One that died while it waited is replaced, not handed out.
    if (parked.child.exitCode !== null || parked.child.signalCode !== null) return this.claim();
    return parked;
  }

  /** Parks one more in the background, after a claim. */
  refill(onFailure: (error: unknown) => void): void {
    const parking = this.#park();
    this.#parked.push(parking);
    parking.catch((error: unknown) => {
      void this.#parked.splice(this.#parked.indexOf(parking), 1);
      onFailure(error);
    });
  }

  async #park(): Promise<Parked> {
    const { slots, uid, gid, gatewayPort } = this.options;
    const slot = await slots.make();
    const relay = await relayGateway({ socket: slot.gatewaySocket, uid, gid, gatewayPort });
    const parked = { ...spawnInSandbox(slot, uid, gid), slot, relay };
    await untilLoaded(parked);
    return parked;
  }
}
