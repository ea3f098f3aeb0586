/** The control: the same event as a line of JSON to a process that only answers with a line. */
import { spawn } from 'node:child_process';
import { encodeLine, LineDecoder } from '../../schema/jsonl';

const echo = `
let rest = '';
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const line of lines) process.stdout.write(JSON.stringify({ id: JSON.parse(line).id, which: 'none' }) + '\\n');
});
process.stdin.on('end', () => process.exit(0));
`;

export interface LineProcess {
  ask(event: object): Promise<unknown>;
  end(): void;
}

export function startLines(): LineProcess {
  const child = spawn(process.execPath, ['-e', echo], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, (answer: unknown) => void>();
  const decoder = new LineDecoder();
  let last = 0;
  child.stdout.on('data', (chunk: Uint8Array) => {
    for (const line of decoder.push(chunk)) {
      const answer = JSON.parse(line) as { id: number };
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    }
  });
  return {
    ask: (event) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        child.stdin.write(encodeLine({ id: last, ...event }));
      }),
    end: () => void child.kill('SIGKILL'),
  };
}
