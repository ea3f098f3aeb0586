/** The real pi in RPC mode, as a child of a test, with a gateway and a task's folders. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeLine, LineDecoder } from '../../schema/jsonl';
import { Listeners } from '../../schema/transport';

export type PiRecord = Readonly<Record<string, unknown>> & { readonly type: string };

export interface RealPiOptions {
  readonly node: string;
  readonly cli: string;
  /** The caller empties it; contains pi's settings and its working folder */
  readonly folder: string;
  readonly token: string;
  readonly systemPrompt: string;
  readonly workingFolder: string;
  readonly models: unknown;
  readonly settings: unknown;
  readonly args?: readonly string[];
}

/** Where the real pi is, from the environment, or why it can't be run. */
export function findRealPi(): { node: string; cli: string } | { missing: string } {
  const { PIWORK_PI_NODE: node, PIWORK_PI_CLI: cli } = process.env;
  if (node === undefined || cli === undefined) {
    return { missing: 'PIWORK_PI_NODE and PIWORK_PI_CLI do not name a Node 24 and a pi to run' };
  }
  return { node, cli };
}

export class RealPi {
  readonly records: PiRecord[] = [];
  stderr = '';
  readonly #child: ChildProcess;
  readonly #added = new Listeners<PiRecord>();
  readonly #exited: Promise<void>;

  constructor(options: RealPiOptions) {
    const agent = join(options.folder, 'agent');
    mkdirSync(agent, { recursive: true });
    writeFileSync(join(agent, 'models.json'), JSON.stringify(options.models));
    writeFileSync(join(agent, 'settings.json'), JSON.stringify(options.settings));
    this.#child = spawn(
      options.node,
      [options.cli, '--mode', 'rpc', '--session', join(options.folder, 'session.json'), '--no-mcp'].concat(
        ['--append-system-prompt', options.systemPrompt],
        options.args ?? [],
      ),
      {
        cwd: options.workingFolder,
        env: {
          PATH: process.env['PATH'],
          HOME: options.folder,
          LANG: 'C.UTF-8',
          PI_CODING_AGENT_DIR: agent,
          PI_OFFLINE: '1',
          PI_TELEMETRY: '0',
          PIWORK_TOKEN: options.token,
        },
      },
    );
    const lines = new LineDecoder();
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      for (const line of lines.push(chunk)) {
        const record = JSON.parse(line) as PiRecord;
        this.records.push(record);
        this.#added.emit(record);
      }
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => void (this.stderr += chunk.toString()));
    this.#exited = new Promise((resolve) => this.#child.on('close', () => resolve()));
  }

  send(command: object): void {
    this.#child.stdin?.write(encodeLine(command));
  }

  /** The first matching record after `from`, now or later. Rejects when pi exits first. */
  waitFor(fits: (record: PiRecord) => boolean, from = 0): Promise<PiRecord> {
    const known = this.records.slice(from).find(fits);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const subscription = this.#added.add((record) => {
        if (!fits(record)) return;
        subscription.dispose();
        resolve(record);
      });
      void this.#exited.then(() => reject(new Error(`pi exited: ${this.stderr}`)));
    });
  }

  /** Prompts and resolves when the run has settled. */
  async run(message: string): Promise<void> {
    const from = this.records.length;
    this.send({ id: `p${from}`, type: 'prompt', message });
    await this.waitFor(({ type }) => type === 'agent_settled', from);
  }

  /** All text of the last assistant message. */
  lastText(): string {
    const ends = this.records.filter(({ type }) => type === 'message_end');
    const messages = ends.map((record) => record['message'] as { role: string; content: { text?: string }[] });
    const last = messages.findLast(({ role }) => role === 'assistant');
    return last?.content.map(({ text = '' }) => text).join('') ?? '';
  }

  async stop(): Promise<void> {
    this.#child.stdin?.end();
    await this.#exited;
  }
}
