/** One Piwork under test: started, restarted, ended, and checked to leave no process behind. */
import { expect, type Page } from '@playwright/test';
import { AppPage } from '../pages/app-page';
import type { AppApi } from '../../schema/app-api';
import type { Client } from '../../schema/rpc';
import { startInBrowser } from './browser-shell';
import { resizeWindow, startInElectron } from './electron-shell';
import { connectToHost, type HostConnection } from './host-client';
import type { Place } from './place';
import { killNow, processesOf } from './processes';
import type { RunningShell, ShellSettings } from './running-shell';

export type ShellName = 'browser' | 'electron';

const quitDeadlineMs = 30_000;
const survivorsDeadlineMs = 5_000;

export class Piwork {
  #running: RunningShell | null = null;
  #host: HostConnection | null = null;
  /** Output of earlier starts */
  #past = '';

  constructor(
    readonly shell: ShellName,
    private readonly settings: ShellSettings,
  ) {}

  get place(): Place {
    return this.settings.place;
  }

  get running(): RunningShell {
    if (!this.#running) throw new Error('Piwork is not running.');
    return this.#running;
  }

  get window(): Page {
    return this.running.window;
  }

  get page(): AppPage {
    return new AppPage(this.window);
  }

  /** The host's contract, through the terminal's socket */
  get host(): Client<AppApi> {
    if (!this.#host) throw new Error('Piwork is not running.');
    return this.#host.client;
  }

  get output(): string {
    return this.#past + (this.#running?.output() ?? '');
  }

  async start(): Promise<void> {
    this.#running = await (this.shell === 'electron' ? startInElectron(this.settings) : startInBrowser(this.settings));
    try {
      await this.page.ready();
      this.#host = await connectToHost(this.place.home);
    } catch (error) {
      throw new Error(`Piwork did not start. It printed:\n${this.output}`, { cause: error });
    }
  }

  /** Ends it as a person would, kills what is left, and fails if anything had to be killed. */
  async quit(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#host?.dispose();
    this.#host = null;
    this.#running = null;
    const ended = running.quit().then(() => true);
    const inTime = await Promise.race([ended, after(quitDeadlineMs).then(() => false)]);
    this.#past += running.output();
    if (!inTime) killNow(running.pid);
    const survivors = await this.#survivors();
    for (const { pid } of survivors) killNow(pid);
    expect(inTime, 'it ends when it is asked to').toBe(true);
    expect(survivors, 'no process of it is left').toEqual([]);
  }

  async restart(): Promise<AppPage> {
    await this.quit();
    await this.start();
    return this.page;
  }

  /**
   * Ends the machine. The next run resumes a new one, which is much faster than starting a third agent in the old one.
   */
  async stopMachine(): Promise<void> {
    await this.host['vm.stop']({});
  }

  async resize(size: { readonly width: number; readonly height: number }): Promise<void> {
    const { electron } = this.running;
    if (electron) await resizeWindow(electron, size);
    else await this.window.setViewportSize(size);
  }

  /** Renderers and similar processes end a moment after the main process. */
  async #survivors(): Promise<ReturnType<typeof processesOf>> {
    const left = (): ReturnType<typeof processesOf> => processesOf(this.place.folder);
    await expect
      .poll(left, { timeout: survivorsDeadlineMs, intervals: [20, 50, 100] })
      .toEqual([])
      .catch(() => undefined);
    return left();
  }
}

const after = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());
