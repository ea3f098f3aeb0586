/**
 * Rehearsal: a canned model leads a parked pi through one turn with every tool.
 *
 * Under emulation, code is slow when it first runs, because pi compiles its functions when they are first called. The
 * template keeps what the rehearsal warms up, so nobody waits for it. The rehearsal's session exists only in memory.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { PiProcess } from './process';

const file = '/tmp/rehearsal.txt';

/** One call of each of pi's default tools. */
const toolCalls = [
  { name: 'write', args: { path: file, content: 'one\n' } },
  { name: 'read', args: { path: file } },
  { name: 'edit', args: { path: file, edits: [{ oldText: 'one', newText: 'two' }] } },
  { name: 'bash', args: { command: `cat ${file}; rm ${file}; python3 -c 'import json, os, pathlib, datetime, csv'` } },
];

const chunk = (delta: object, finishReason: string | null) => ({
  id: 'rehearsal',
  object: 'chat.completion.chunk',
  created: 0,
  model: 'tour',
  choices: [{ index: 0, delta, finish_reason: finishReason }],
});

/** The canned model's answers: each tool in turn, then one word. */
function answer(step: number): object[] {
  const call = toolCalls[step];
  if (!call) return [chunk({ role: 'assistant', content: 'Ready.' }, null), chunk({}, 'stop')];
  const { name, args } = call;
  const tool = { index: 0, id: `call_${step}`, type: 'function', function: { name, arguments: JSON.stringify(args) } };
  return [
    chunk({ role: 'assistant', content: 'Next.' }, null),
    chunk({ tool_calls: [tool] }, null),
    chunk({}, 'tool_calls'),
  ];
}

/** A model on a unix socket, in place of the gateway until the template is resumed. */
export async function serveCannedModel(socket: string): Promise<Server> {
  let step = 0;
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      for (const part of answer(step++)) response.write(`data: ${JSON.stringify(part)}\n\n`);
      response.end('data: [DONE]\n\n');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  return server;
}

/** Resolves when the run has settled. */
export async function rehearse(pi: PiProcess): Promise<void> {
  const settled = new Promise<void>((resolve) => {
    pi.onRecord = (record) => {
      if (record.type === 'agent_settled') resolve();
    };
  });
  await pi.request({ type: 'prompt', message: 'Rehearse.' });
  await Promise.race([settled, pi.exited.then(({ stderr }) => Promise.reject(new Error(`pi stopped: ${stderr}`)))]);
  pi.onRecord = () => undefined;
  await pi.request({ type: 'get_session_stats' });
  await pi.request({ type: 'get_available_models' });
}
