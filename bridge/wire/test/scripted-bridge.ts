/**
 * A bridge for tests: blocks `rm -rf`, asks the person about every other deletion, and its tools do what they are told.
 */
import { ContractError } from '../../../schema/capnp/contract-error';
import { servingOnly, withDefaults } from '../../../schema/capnp/with-defaults';
import type { PiEvent, PiEventResponse, PiExtensionBridge, PiHost, ToolResult } from '../../../schema/generated/pi-api';
import { extensionManifestCodec, toolResultCodec } from '../../../schema/generated/pi-api-codec';

const result = (text: string): ToolResult => withDefaults(toolResultCodec, { content: [{ which: 'text', text }] });

async function judge(event: PiEvent, host: PiHost): Promise<PiEventResponse> {
  if (event.which !== 'toolCall') return { which: 'none' };
  const { command = '' } = JSON.parse(event.toolCall.inputJson) as { command?: string };
  if (command.includes('rm -rf')) {
    return { which: 'blockTool', blockTool: { reason: 'never all at once', terminate: false } };
  }
  if (!command.includes('rm ')) return { which: 'none' };
  const reply = await host.uiAction({ which: 'confirm', confirm: { title: 'Delete?', message: command } });
  if (reply.which === 'confirmed' && reply.confirmed) return { which: 'none' };
  return { which: 'blockTool', blockTool: { reason: 'the person said no', terminate: false } };
}

/** `exit` ends the process, for a tool that dies during a call. */
export function scriptedBridge(exit: () => void = () => undefined): PiExtensionBridge {
  let host: PiHost | null = null;
  let cancelled = 0;
  const attached = (): PiHost => {
    if (host === null) throw new ContractError('notReady', 'attach comes first');
    return host;
  };
  return servingOnly<PiExtensionBridge>({
    attach: (attach) => {
      ({ host } = attach);
      return Promise.resolve({});
    },
    describe: () =>
      Promise.resolve(
        withDefaults(extensionManifestCodec, {
          name: 'scripted',
          version: '1',
          events: [{ name: 'tool_call', class: 'gate', deadlineMs: 1000, toolNames: [] }],
        }),
      ),
    handleEvent: (event) => judge(event, attached()),
    executeTool: async ({ toolName, inputJson }, call) => {
      if (toolName === 'die') exit();
      if (toolName === 'fail') throw new ContractError('denied', inputJson);
      if (toolName === 'throw') throw new TypeError('not a function');
      if (toolName === 'large') return result('x'.repeat(9 * 1024 * 1024));
      if (toolName === 'hang') {
        await new Promise<void>((resolve) => call?.signal?.addEventListener('abort', () => resolve()));
        cancelled += 1;
      }
      return result(`${toolName} ${inputJson} ${cancelled}`);
    },
  });
}
