/** Running tool calls and commands, by id: what the bridge may report and request for each. */
import type { PiResult, PiToolContext } from './pi';

/** One of the bridge's tools while it runs. */
export interface RunningTool {
  readonly context: Pick<PiToolContext, 'executeTool'>;
  readonly signal: AbortSignal | undefined;
  readonly onUpdate: ((partial: PiResult) => void) | undefined;
  /** Names of the tools that it may run */
  readonly reaches: readonly string[];
}

interface Called {
  readonly name: string;
  readonly input: unknown;
}

export class CallsUnderWay {
  readonly tools = new Map<string, RunningTool>();
  /** Commands and shortcuts, which don't end with a run */
  readonly commands = new Set<string>();
  readonly #called = new Map<string, Called>();
  #count = 0;

  /** An id for something that pi gives no id. */
  newId(kind: string): string {
    this.#count += 1;
    return `${kind}-${this.#count}`;
  }

  /** Called before any tool runs. */
  remember(event: object): void {
    const { toolCallId, toolName = '', input } = event as { toolCallId?: string; toolName?: string; input?: unknown };
    if (toolCallId !== undefined) this.#called.set(toolCallId, { name: toolName, input });
  }

  forget(event: object): void {
    this.#called.delete((event as { toolCallId?: string }).toolCallId ?? '');
  }

  /** The command of a tool call as the model wrote it; for other tools, the tool's name and path. */
  programOf(toolCallId: string): string {
    const call = this.#called.get(toolCallId);
    const { command, path } = (call?.input ?? {}) as { command?: unknown; path?: unknown };
    if (typeof command === 'string') return command;
    return [call?.name ?? '', typeof path === 'string' ? path : ''].join(' ').trim();
  }

  /**
   * The signal that ends a question of `callId`: none for a command, the tool's own for a tool, otherwise the run's.
   */
  signalFor(callId: string | undefined, run: AbortSignal | undefined): AbortSignal | undefined {
    if (callId !== undefined && this.commands.has(callId)) return undefined;
    return (callId === undefined ? undefined : this.tools.get(callId)?.signal) ?? run;
  }
}
