/**
 * The extension's tools for VTCode's terminal, over the Model Context Protocol on standard input and output.
 *
 * VTCode asks `server/discover` first, shows no progress, and drops structured content.
 */
import { z } from 'zod';
import { ContractError } from '../../../../schema/capnp/contract-error';
import type { ContentBlock, PiExtensionBridge, ToolDefinition } from '../../../../schema/generated/pi-api';
import { jsonOf } from '../../../events/event-fields';
import { JsonRpcPeer, type LineWire } from '../json-rpc';
import { providerName } from '../calls';

export interface McpOptions {
  readonly wire: LineWire;
  readonly bridge: Pick<PiExtensionBridge, 'executeTool' | 'cancel'>;
  readonly tools: readonly ToolDefinition[];
}

const oldestVersion = '2024-11-05';
const greeting = z.looseObject({ protocolVersion: z.string().default(oldestVersion) });
const calling = z.looseObject({ name: z.string(), arguments: z.record(z.string(), z.unknown()).default({}) });
const ending = z.looseObject({ requestId: z.union([z.string(), z.number()]), reason: z.string().default('') });

const mcpTool = ({ name, label, description, parametersJson }: ToolDefinition): object => ({
  ...{ name, title: label, description },
  inputSchema: jsonOf(parametersJson),
});

const mcpContent = (block: ContentBlock): object =>
  block.which === 'text'
    ? { type: 'text', text: block.text }
    : { type: 'image', mimeType: block.image.mimeType, data: Buffer.from(block.image.data).toString('base64') };

/** Serves until the wire closes. */
export function serveMcp({ wire, bridge, tools }: McpOptions): void {
  const call = async (id: string | number, params: unknown): Promise<object> => {
    const { name, arguments: input } = calling.parse(params);
    const request = { callId: `mcp-${id}`, toolName: name, inputJson: JSON.stringify(input) };
    try {
      const { content, isError } = await bridge.executeTool(request);
      return { content: content.map(mcpContent), isError };
    } catch (error) {
      // The model must read the error, and a protocol error wouldn't reach it.
      const text = error instanceof ContractError ? `${error.code}: ${error.message}` : String(error);
      return { content: [{ type: 'text', text }], isError: true };
    }
  };
  new JsonRpcPeer(wire, {
    request: (method, params, id) => {
      switch (method) {
        case 'initialize': {
          const { protocolVersion } = greeting.parse(params);
          const serverInfo = { name: providerName, version: '1' };
          return Promise.resolve({ protocolVersion, capabilities: { tools: {} }, serverInfo });
        }
        case 'tools/list':
          return Promise.resolve({ tools: tools.map(mcpTool) });
        case 'tools/call':
          return call(id, params);
        case 'ping':
          return Promise.resolve({});
        default:
          return Promise.reject(new ContractError('unimplemented', `There is no ${method} here.`));
      }
    },
    notification: (method, params) => {
      if (method !== 'notifications/cancelled') return;
      const ended = ending.safeParse(params);
      if (!ended.success) return;
      const { requestId, reason } = ended.data;
      void bridge.cancel({ callId: `mcp-${requestId}`, reason }).catch(() => undefined);
    },
  });
}
