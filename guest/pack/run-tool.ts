import { spawn } from 'node:child_process';
import { PackError, causeInOutput } from './pack-error';

const keptOutputBytes = 16_384;

/** The Debian package that contains each tool we call, for the advice when it is missing. */
const packageOfTool: Readonly<Record<string, string>> = {
  mmdebstrap: 'mmdebstrap',
  'mkfs.erofs': 'erofs-utils',
  zstd: 'zstd',
  xz: 'xz-utils',
  tar: 'tar',
  npm: 'npm',
};

export type ToolCall = {
  command: string;
  args: readonly string[];
  cwd?: string;
  /** Bytes for its standard input */
  input?: Uint8Array;
  signal: AbortSignal;
};

/** How to get a tool that is not installed. */
export function missingToolMessage(command: string): string {
  const name = packageOfTool[command] ?? command;
  return `${command} is not installed (Debian/Ubuntu: apt-get install ${name}).`;
}

/**
 * Runs a tool to its end and returns its standard output.
 *
 * Rejects with PackError: `tool_missing`, `cancelled`, or the cause found in its output. When aborted, terminates the
 * tool and waits for it, so that nothing writes into a folder that is being removed.
 */
export function runTool(call: ToolCall): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(call.command, call.args, { cwd: call.cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    let messages = '';
    const stop = () => child.kill('SIGTERM');
    if (call.signal.aborted) stop();
    call.signal.addEventListener('abort', stop, { once: true });

    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      messages = (messages + chunk.toString()).slice(-keptOutputBytes);
    });
    child.stdin.on('error', () => {
      // EPIPE: the tool ended before reading its input; its exit code says why.
    });
    child.stdin.end(call.input);

    child.on('error', (error: NodeJS.ErrnoException) => {
      call.signal.removeEventListener('abort', stop);
      const missing = error.code === 'ENOENT';
      const message = missing ? missingToolMessage(call.command) : `${call.command}: ${error.message}`;
      reject(new PackError(missing ? 'tool_missing' : 'tool_failed', message, { cause: error }));
    });
    child.on('close', (exitCode, signalName) => {
      call.signal.removeEventListener('abort', stop);
      if (call.signal.aborted) return reject(new PackError('cancelled', 'Stopped.'));
      if (exitCode === 0) return resolve(Buffer.concat(stdout));
      const text = messages + Buffer.concat(stdout).subarray(-keptOutputBytes).toString();
      const lastLines = text.trimEnd().split('\n').slice(-15).join('\n');
      const ended = signalName === null ? `code ${exitCode}` : signalName;
      reject(new PackError(causeInOutput(text) ?? 'tool_failed', `${lastLines}\n${call.command} failed (${ended}).`));
    });
  });
}
