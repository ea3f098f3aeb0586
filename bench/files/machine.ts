/** A guest with the bench's agent: booted once, saved, and resumed for each part. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { QemuMode } from '../../vm/machine';
import { openPack, type Pack } from '../../vm/pack';
import { listenPrivately } from '../../vm/private-socket';
import { escapeValue, qemuArguments } from '../../vm/qemu-args';
import { findQemu, type QemuBinary } from '../../vm/qemu-binary';
import { launchQemu, type QemuProcess } from '../../vm/qemu-process';
import { loadState, openQmp, saveState } from '../../vm/qmp';
import { type AgentLink, openAgentLink } from './agent-link';
import type { Caching, Places } from './places';

export interface BenchGuest extends AgentLink {
  stop(): Promise<void>;
}

const bootTimeoutMs = 180_000;

/** The controls: the guest's own disk, and QEMU's file server. */
function controlDevices({ disk, shares }: Places): string[] {
  const share = (caching: Caching): string[] => [
    '-fsdev',
    `local,id=${caching},path=${escapeValue(shares[caching])},security_model=none`,
    ...['-device', `virtio-9p-pci,fsdev=${caching},mount_tag=${caching}`],
  ];
  return [
    ...['-drive', `file=${escapeValue(disk)},if=none,id=d2,format=raw`, '-device', 'virtio-blk-pci,drive=d2'],
    ...share('none'),
    ...share('loose'),
  ];
}

async function feed(path: string, socketPath: string): Promise<void> {
  const state = await readFile(path);
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection(socketPath, () => {
      // QEMU closes as soon as it has read enough.
      socket.off('error', reject).on('error', () => resolve());
      socket.once('finish', resolve);
      socket.once('close', () => resolve()).end(state);
    });
    socket.once('error', reject);
  });
}

export class BenchMachine {
  #started = 0;
  readonly #alive = new Set<QemuProcess>();

  private constructor(
    private readonly qemu: QemuBinary,
    private readonly pack: Pack,
    private readonly places: Places,
    private readonly filesSocket: string,
  ) {}

  /** @param filesSocket where the server for the guest's kernel listens */
  static async open(packFolder: string, places: Places, filesSocket: string): Promise<BenchMachine> {
    const [qemu, pack] = await Promise.all([findQemu(places.runFolder), openPack(packFolder)]);
    return new BenchMachine(qemu, pack, places, filesSocket);
  }

  /** Resolves when the guest runs; the guest itself hasn't noticed yet. */
  async resume(filesSocket = this.filesSocket): Promise<BenchGuest> {
    const name = `g${++this.#started}`;
    const process = await this.#launch('resume', name, filesSocket);
    const qmp = await openQmp(await process.qmp);
    const socket = join(this.places.runFolder, `${name}.in`);
    await loadState(qmp, socket, () => feed(this.#stateFile, socket));
    const link = openAgentLink(await process.control);
    await link.ask('wake', { nowMs: Date.now(), entropy: randomBytes(64).toString('base64') }, z.null());
    return { ...link, stop: () => this.#end(process) };
  }

  /** Ends everything that still runs. */
  async stop(): Promise<void> {
    await Promise.all([...this.#alive].map((process) => this.#end(process)));
  }

  get #stateFile(): string {
    return join(this.places.root, 'state');
  }

  /** Boots and saves, once, before everything else. */
  async build(): Promise<void> {
    const process = await this.#launch('build', 'boot', this.filesSocket);
    try {
      const link = openAgentLink(await process.control);
      const qmp = await openQmp(await process.qmp);
      const timer = setTimeout(() => process.signal('SIGKILL'), bootTimeoutMs);
      await link.parked.finally(() => clearTimeout(timer));
      const state = await listenPrivately(join(this.places.runFolder, 'save.sock'));
      const received = state.peer.then((socket) => pipeline(socket, createWriteStream(this.#stateFile)));
      await Promise.all([saveState(qmp, state.path), received]);
      state.close();
    } catch (error) {
      throw new Error(`The guest didn't start:\n${process.logTail().join('\n')}`, { cause: error });
    } finally {
      await this.#end(process);
    }
  }

  async #launch(mode: QemuMode, name: string, filesSocket: string): Promise<QemuProcess> {
    const process = await launchQemu({
      command: this.qemu.command,
      runFolder: this.places.runFolder,
      name,
      onLine: () => undefined,
      arguments: ({ control, qmp }) => [
        ...qemuArguments({
          mode,
          accelerator: 'tcg',
          memoryMb: 2048,
          cores: 2,
          pack: { ...this.pack, piwork: this.places.piwork },
          ramFile: join(this.places.root, 'ram'),
          controlSocket: control,
          qmpSocket: qmp,
          filesSocket,
          port: null,
          kernelArguments: [],
          canSandbox: this.qemu.canSandbox,
        }),
        ...controlDevices(this.places),
      ],
    });
    this.#alive.add(process);
    return process;
  }

  async #end(process: QemuProcess): Promise<void> {
    process.signal('SIGKILL');
    await process.exited;
    this.#alive.delete(process);
  }
}
