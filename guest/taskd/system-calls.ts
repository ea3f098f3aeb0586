/**
 * Sets the clock and the random pool and mounts file systems, through a helper process that starts before the template
 * is saved.
 */
import { spawn } from 'node:child_process';
import { encodeLine, LineDecoder } from '../../schema/jsonl';

/** The arguments of `mount(2)`. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  /** The file system's name; absent when an existing mount is changed */
  readonly type?: string;
  readonly flags?: ReadonlyArray<'ro' | 'nosuid' | 'nodev' | 'shared'>;
  readonly data?: string;
}

/** A folder that should also appear in another place. */
export interface Binding {
  readonly source: string;
  readonly target: string;
  readonly isReadOnly?: boolean;
}

export interface FilesPlaces {
  /** Device of the virtio-serial port that carries the messages */
  readonly port: string;
  /** Where they are mounted */
  readonly target: string;
}

interface Answer {
  readonly ok: boolean;
  readonly message?: string;
}

export class SystemCalls {
  readonly #child = spawn('python3', ['-I', '-S', '-X', 'utf8', '/opt/piwork/system-calls.py']);
  readonly #waiting: Array<{ resolve(): void; reject(error: Error): void }> = [];
  #stderr = '';

  constructor() {
    const decoder = new LineDecoder();
    this.#child.stdout.on('data', (chunk: Uint8Array) => {
      for (const line of decoder.push(chunk)) this.#settle(JSON.parse(line) as Answer);
    });
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#stderr = (this.#stderr + chunk.toString()).slice(-2000)));
    this.#child.stdin.on('error', () => undefined);
    this.#child.once('exit', () => {
      for (const call of this.#waiting.splice(0))
        call.reject(new Error(`the system helper stopped: ${this.#stderr.trim()}`));
    });
  }

  /** Sets the clock and feeds the random pool, because a template freezes both. */
  wake({ nowMs, entropy }: { nowMs: number; entropy: string }): Promise<void> {
    return this.#request({ call: 'wake', nowMs, entropy });
  }

  /** Mounts one after another. @throws Error naming the mount that failed */
  mount(mounts: readonly Mount[]): Promise<void> {
    const rows = mounts.map(({ source, target, type = null, flags = [], data = null }) => [
      source,
      target,
      type,
      flags,
      data,
    ]);
    return this.#request({ call: 'mount', mounts: rows });
  }

  /** Starts the process that carries a port's messages, so that `serveFiles` doesn't wait for one. */
  prepareFiles({ port, target }: FilesPlaces): Promise<void> {
    return this.#request({ call: 'prepare_files', port, target });
  }

  /** Mounts what the host serves over a virtio-serial port. @throws Error with the reason */
  serveFiles({ port, target }: FilesPlaces): Promise<void> {
    return this.#request({ call: 'serve_files', port, target });
  }

  /** Binds one after another, without set-uid programs and devices. @throws Error naming the one that failed */
  bind(bindings: readonly Binding[]): Promise<void> {
    const rows = bindings.map(({ source, target, isReadOnly = false }) => [source, target, isReadOnly]);
    return this.#request({ call: 'bind', bindings: rows });
  }

  /** Nobody sees the mount from now on; it ends when its last user is gone. Mounts below it go too. */
  unmount(target: string): Promise<void> {
    return this.#request({ call: 'unmount', target });
  }

  #request(request: object): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(encodeLine(request));
    });
  }

  #settle({ ok, message }: Answer): void {
    const call = this.#waiting.shift();
    if (ok) call?.resolve();
    else call?.reject(new Error(message ?? 'a system call failed'));
  }
}
