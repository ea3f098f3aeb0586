/** What works in this pi: it depends on its mode, and on what was loaded with it. */
import { hostCapabilities } from '../../../schema/generated/pi-api';
import type { Pi, PiContext } from '../pi';

type Name = (typeof hostCapabilities)[number]['name'];

const needsPerson: readonly Name[] = ['dialogs', 'editorDialog', 'notify', 'status', 'widgets', 'askAct'];
/** pi's own terminal: its RPC mode takes these and does nothing, or half of it */
const needsTerminal: readonly Name[] = ['editorText', 'terminalUi', 'shortcuts'];

export interface Loaded {
  readonly hasFlags: boolean;
}

/** Names of `hostCapabilities`, in their order. */
export function capabilitiesOf(pi: Pick<Pi, 'getCommands'>, context: PiContext, { hasFlags }: Loaded): Name[] {
  const without = new Set<Name>([
    ...(context.hasUI ? [] : needsPerson),
    ...(context.mode === 'tui' ? [] : needsTerminal),
    ...(hasFlags ? [] : (['flags'] as const)),
    // pi's own support for MCP brings this command; without it nobody connects what is registered.
    ...(pi.getCommands().some(({ name }) => name === 'mcp') ? [] : (['registerMcpServer'] as const)),
  ]);
  return hostCapabilities.map(({ name }) => name).filter((name) => !without.has(name));
}
