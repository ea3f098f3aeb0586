/** What works in this pi. It depends on pi's mode and on what pi has loaded. */
import { hostCapabilities } from '../../../schema/generated/pi-api';
import type { Pi, PiContext } from '../pi';

type Name = (typeof hostCapabilities)[number]['name'];

const needsPerson: readonly Name[] = ['dialogs', 'editorDialog', 'notify', 'status', 'widgets', 'askAct'];
/** Needs pi's own terminal: in RPC mode pi accepts these and does nothing, or only half */
const needsTerminal: readonly Name[] = ['editorText', 'terminalUi', 'shortcuts'];

export interface Loaded {
  readonly hasFlags: boolean;
}

/** Names from `hostCapabilities`, in the same order. */
export function capabilitiesOf(pi: Pick<Pi, 'getCommands'>, context: PiContext, { hasFlags }: Loaded): Name[] {
  const without = new Set<Name>([
    ...(context.hasUI ? [] : needsPerson),
    ...(context.mode === 'tui' ? [] : needsTerminal),
    ...(hasFlags ? [] : (['flags'] as const)),
    // pi's MCP support adds this command; without it, nothing connects the registered servers.
    ...(pi.getCommands().some(({ name }) => name === 'mcp') ? [] : (['registerMcpServer'] as const)),
  ]);
  return hostCapabilities.map(({ name }) => name).filter((name) => !without.has(name));
}
