/** The VM of one host: connects runner, QEMU, pack and templates. */
import { join } from 'node:path';
import { Listeners, type Transport } from '../schema/transport';
import type { VmExamination, VmWorkerConfig } from '../schema/vm-api';
import { buildTemplate } from './build-template';
import type { ControlLink } from './control-link';
import { examine } from './examine';
import { launch, type Launched } from './launch';
import type { QemuMode } from './machine';
import { PhaseHistoryFile } from './phase-history';
import { bootTimeoutMs } from './phases';
import { prepare, type Prepared } from './prepare';
import { resumeTemplate } from './resume-template';
import { VmRunner, type QemuRun } from './runner';
import { discardTemplate, isUsable } from './template';

/** What a start needs and a template must not contain. */
export interface StartSecrets {
  /** 64 hex digits */
  readonly key: string;
  readonly gatewayPort: number;
}

export class Vm {
  readonly runner: VmRunner;
  /** Emits a guest's `taskd-api` once it has proved the key, before the status says ready */
  readonly linked = new Listeners<Transport>();
  readonly logLines = new Listeners<{ source: 'qemu' | 'guest'; line: string }>();
  #prepared: Prepared | null = null;
  #launched: Launched | null = null;
  #secrets: StartSecrets | null = null;
  #taskd: Transport | null = null;
  #control: ControlLink | null = null;
  readonly #history: PhaseHistoryFile;

  constructor(private readonly config: VmWorkerConfig) {
    this.#history = new PhaseHistoryFile(join(config.cacheFolder, 'phases.json'));
    this.runner = new VmRunner({
      hasTemplate: async (onPhase) => {
        await this.#history.load();
        this.#prepared = await prepare(config, () => onPhase('checking_accelerator'));
        return isUsable(this.#prepared.template);
      },
      launch: (mode, gen) => this.#launch(mode, gen),
      build: async (_gen, onPhase) => {
        const { key, template: target } = this.#assertPrepared();
        const { process, built } = this.#assertLaunched();
        if (!built) throw new Error('a template is built from a cold boot only');
        const { runFolder } = this.config;
        try {
          await buildTemplate({ process, built, target, key, runFolder, onPhase });
        } catch (error) {
          await discardTemplate(built);
          throw error;
        }
      },
      resume: (gen, onPhase) => this.#resume(gen, onPhase),
      distrustTemplate: async () => discardTemplate(this.#assertPrepared().template),
      phaseHistory: () => this.#history.current,
      keepPhases: (phases) => void this.#history.keep(phases).catch(() => undefined),
      bootTimeoutMs: (mode) => bootTimeoutMs(this.#history.current, mode),
      setTimer: (ms, onDue) => {
        const timer = setTimeout(onDue, ms);
        return { dispose: () => clearTimeout(timer) };
      },
      now: Date.now,
    });
    this.runner.changed.add(({ kind }) => {
      if (kind === 'ready') return;
      const taskd = this.#taskd;
      this.#taskd = null;
      taskd?.close('the workspace stopped');
    });
  }

  /** @throws VmFailureError */
  async start(secrets: StartSecrets): Promise<{ port: number }> {
    this.#secrets = secrets;
    const { port } = await this.runner.start();
    return { port };
  }

  /** Doesn't start a VM. */
  examine(): Promise<VmExamination> {
    return examine(this.config);
  }

  async #launch(mode: QemuMode, gen: number): Promise<QemuRun> {
    const onLine = (source: 'qemu' | 'guest', line: string): void => {
      this.runner.showSign();
      this.logLines.emit({ source, line });
    };
    this.#launched = await launch({ config: this.config, prepared: this.#assertPrepared(), mode, gen, onLine });
    const { process } = this.#launched;
    return {
      pid: process.pid,
      exited: process.exited,
      logTail: process.logTail,
      askToEnd: () => {
        if (this.#control) this.#control.send({ type: 'shutdown' });
        else process.signal('SIGTERM');
      },
      kill: () => process.signal('SIGKILL'),
    };
  }

  async #resume(gen: number, onPhase: Parameters<typeof resumeTemplate>[0]['onPhase']) {
    const { template, accelerator } = this.#assertPrepared();
    const { process, port } = this.#assertLaunched();
    if (!this.#secrets || port === null) throw new Error('a resume needs a key and a port');
    const { runFolder, build } = this.config;
    const name = String(gen);
    const guest = await resumeTemplate({ process, template, runFolder, name, port, build, onPhase, ...this.#secrets });
    this.#taskd = guest.taskd;
    this.#control = guest.control;
    guest.taskd.onClose((reason) => {
      if (this.#taskd !== guest.taskd) return;
      // A guest that can't be reached can't work. Killing it counts as a crash, so it is started again.
      this.#taskd = null;
      this.logLines.emit({ source: 'guest', line: `the connection to taskd was lost: ${reason}` });
      process.signal('SIGKILL');
    });
    this.linked.emit(guest.taskd);
    void process.exited.then(() => (this.#control = null));
    return { port, accelerator };
  }

  #assertPrepared(): Prepared {
    if (!this.#prepared) throw new Error('QEMU is launched after its preparation');
    return this.#prepared;
  }

  #assertLaunched(): Launched {
    if (!this.#launched) throw new Error('no QEMU was launched');
    return this.#launched;
  }
}
