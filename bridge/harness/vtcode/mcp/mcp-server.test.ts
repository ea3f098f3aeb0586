import { withDefaults } from '../../../../schema/capnp/with-defaults';
import { ContractError } from '../../../../schema/capnp/contract-error';
import { toolDefinitionCodec, toolResultCodec } from '../../../../schema/generated/pi-api-codec';
import { serveMcp } from './mcp-server';

function open() {
  let listener: (chunk: Uint8Array) => void = () => undefined;
  const waiting = new Map<number, (message: unknown) => void>();
  const cancelled: string[] = [];
  serveMcp({
    wire: {
      write: (line) => {
        const { id, ...message } = JSON.parse(line) as { id: number };
        waiting.get(id)?.(message);
      },
      onData: (one) => (listener = one),
      onClose: () => undefined,
    },
    bridge: {
      executeTool: async ({ toolName, inputJson, callId }) => {
        if (toolName === 'gone') throw new ContractError('notFound', 'There is no tool gone.');
        const content = [{ which: 'text' as const, text: `${toolName} ${inputJson} ${callId}` }];
        return withDefaults(toolResultCodec, { content });
      },
      cancel: async ({ callId }) => {
        cancelled.push(callId);
        return {};
      },
    },
    tools: [
      withDefaults(toolDefinitionCodec, {
        ...{ name: 'word_count', label: 'Count', description: 'Counts words' },
        parametersJson: '{"type":"object"}',
      }),
    ],
  });
  const say = (message: object): void => listener(new TextEncoder().encode(`${JSON.stringify(message)}\n`));
  let last = 0;
  const ask = (method: string, params?: object): Promise<unknown> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      say({ jsonrpc: '2.0', id: last, method, params });
    });
  return { ask, say, cancelled };
}

test("answers VTCode's requests in order", async () => {
  const { ask, say, cancelled } = open();
  expect(await ask('server/discover')).toMatchObject({ error: { code: -32601 } });
  expect(await ask('initialize', { protocolVersion: '2024-11-05', capabilities: {} })).toMatchObject({
    result: { protocolVersion: '2024-11-05', capabilities: { tools: {} } },
  });
  say({ jsonrpc: '2.0', method: 'notifications/initialized' });
  expect(await ask('tools/list', {})).toMatchObject({
    result: { tools: [{ name: 'word_count', description: 'Counts words', inputSchema: { type: 'object' } }] },
  });
  const call = { _meta: { progressToken: 2 }, name: 'word_count', arguments: { text: 'a b' } };
  expect(await ask('tools/call', call)).toMatchObject({
    result: { content: [{ type: 'text', text: 'word_count {"text":"a b"} mcp-4' }], isError: false },
  });
  expect(await ask('tools/call', { name: 'gone' })).toMatchObject({
    result: { content: [{ type: 'text', text: 'notFound: There is no tool gone.' }], isError: true },
  });
  say({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 4 } });
  expect(cancelled).toEqual(['mcp-4']);
});
