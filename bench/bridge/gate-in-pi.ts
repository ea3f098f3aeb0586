/**
 * What a gate costs inside the real pi: two extensions take the time before and after the measured one, because pi asks
 * extensions in the order in which it loaded them. The control is an extension that does nothing.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface PiPlace {
  readonly node: string;
  readonly cli: string;
}

const extension = (body: string): string => `export default (pi) => pi.on('tool_call', (event) => { ${body} });\n`;
const clock = `globalThis.__gates ??= { times: [], at: 0n };`;
const before = extension(`${clock} globalThis.__gates.at = process.hrtime.bigint();`);
const behind = (file: string, calls: number): string => `
import { writeFileSync } from 'node:fs';
${extension(`
  const gates = globalThis.__gates;
  gates.times.push(Number(process.hrtime.bigint() - gates.at) / 1e6);
  if (gates.times.length === ${calls}) writeFileSync(${JSON.stringify(file)}, JSON.stringify(gates.times));
`)}`;

/** A model that calls one cheap tool again and again, and then says that it is done. */
async function serveModel(calls: number): Promise<{ port: number; close: () => void }> {
  let made = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const tool = {
        index: 0,
        id: `call_${made}`,
        type: 'function',
        function: { name: 'ls', arguments: '{"path":"."}' },
      };
      const delta =
        made++ < calls ? { role: 'assistant', tool_calls: [tool] } : { role: 'assistant', content: 'Done.' };
      const reason = 'tool_calls' in delta ? 'tool_calls' : 'stop';
      const chunk = (choice: object): string =>
        `data: ${JSON.stringify({ id: 'b', object: 'chat.completion.chunk', created: 0, model: 'm', choices: [choice] })}\n\n`;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(chunk({ index: 0, delta, finish_reason: null }));
      response.write(chunk({ index: 0, delta: {}, finish_reason: reason }));
      response.end('data: [DONE]\n\n');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

const deadlineMs = 180_000;

/** Milliseconds of each call's gate. @param measured path of the extension between the two clocks */
export async function gateTimes({ node, cli }: PiPlace, measured: string | null, calls: number): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'piwork-bench-pi-'));
  const model = await serveModel(calls);
  const times = join(folder, 'times.json');
  writeFileSync(join(folder, 'before.mjs'), before);
  writeFileSync(join(folder, 'empty.mjs'), extension(''));
  writeFileSync(join(folder, 'behind.mjs'), behind(times, calls));
  writeFileSync(
    join(folder, 'models.json'),
    JSON.stringify({
      providers: {
        bench: {
          ...{ baseUrl: `http://127.0.0.1:${model.port}/v1`, api: 'openai-completions', apiKey: 'none' },
          models: [{ id: 'm' }],
        },
      },
    }),
  );
  const settings = { defaultProvider: 'bench', defaultModel: 'm', quietStartup: true, defaultProjectTrust: 'never' };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  const extensions = [join(folder, 'before.mjs'), measured ?? join(folder, 'empty.mjs'), join(folder, 'behind.mjs')];
  const words = ['--mode', 'rpc', '--no-session', '--no-mcp', '-t', 'ls'];
  const child = spawn(node, [cli, ...words, ...extensions.flatMap((path) => ['-e', resolve(path)])], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: folder, PI_CODING_AGENT_DIR: folder, PI_OFFLINE: '1', PI_TELEMETRY: '0' },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  try {
    child.stdin.write(`${JSON.stringify({ type: 'prompt', message: 'go', id: '1' })}\n`);
    for await (const chunk of child.stdout) if (String(chunk).includes('"agent_settled"')) break;
    child.stdin.end();
    return JSON.parse(readFileSync(times, 'utf8')) as number[];
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    await once(child, 'exit').catch(() => undefined);
    model.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
