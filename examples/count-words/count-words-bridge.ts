/** An extension as a program: a tool with progress and cancel, and a gate. */
import { ContractError } from '../../schema/capnp/contract-error';
import { servingOnly } from '../../schema/capnp/with-defaults';
import { protocolVersion, type BridgeInit, type PiExtensionBridge, type PiHost } from '../../schema/generated/pi-api';
import { countFiles } from './count-files';
import { manifest, toolName as ownTool } from './manifest';
import { judge } from './secret-gate';

interface Session {
  readonly host: PiHost;
  readonly folder: string;
  readonly askAbove: number;
}

function sessionOf(host: PiHost, { cwd, settings }: BridgeInit): Session {
  const askAbove = Number(settings.find(({ name }) => name === 'askAbove')?.value ?? 100);
  if (Number.isNaN(askAbove)) throw new ContractError('invalidInput', 'askAbove must be a number.');
  return { host, folder: cwd, askAbove };
}

/** The bridge as the harness calls it; missing methods answer `unimplemented`. */
export function countWordsBridge(): PiExtensionBridge {
  let session: Session | null = null;
  const running = new Map<string, AbortController>();
  const attached = (): Session => {
    if (session) return session;
    throw new ContractError('notReady', 'The extension was called before it was attached to a session.');
  };

  return servingOnly<PiExtensionBridge>({
    attach: async ({ host, init }) => {
      session = sessionOf(host, init);
      return Promise.resolve({});
    },

    describe: async ({ protocolVersion: theirs }) => {
      attached();
      if (theirs === protocolVersion) return Promise.resolve(manifest);
      const what = `This extension speaks version ${protocolVersion} of the contract, not ${theirs}.`;
      throw new ContractError('protocolMismatch', what);
    },

    handleEvent: async (event) => {
      const { host } = attached();
      return event.which === 'toolCall' ? judge(event.toolCall, host) : { which: 'none' };
    },

    executeTool: async ({ callId, toolName, inputJson }, call) => {
      const { host, folder, askAbove } = attached();
      if (toolName !== ownTool) throw new ContractError('notFound', `This extension has no tool ${toolName}.`);
      const stop = new AbortController();
      // Two ways to end early: the harness cancels, or it no longer waits.
      call?.signal?.addEventListener('abort', () => stop.abort('the caller stopped waiting'), { once: true });
      running.set(callId, stop);
      try {
        return await countFiles({ callId, inputJson, host, folder, askAbove, signal: stop.signal });
      } finally {
        running.delete(callId);
      }
    },

    cancel: ({ callId, reason }) => {
      running.get(callId)?.abort(reason);
      return Promise.resolve({});
    },

    shutdown: () => {
      session = null;
      return Promise.resolve({});
    },
  });
}
