/** Tool calls and commands that are under way, by their ids: what the bridge may say and ask for them. */
import type { PiResult, PiToolContext } from './pi';

/** A tool of the bridge while it runs. */
export interface RunningTool {
  readonly context: Pick<PiToolContext, 'executeTool'>;
  readonly signal: AbortSignal | undefined;
  readonly onUpdate: ((partial: PiResult) => void) | undefined;
  /** Names of tools that it may run */
  readonly reaches: readonly string[];
}

interface Called {
  readonly name: string;
  readonly input: unknown;
}

export class CallsUnderWay {
  readonly tools = new Map<string, RunningTool>();
  /** Commands and shortcuts: no run ends them */
  readonly commands = new Set<string>();
  readonly #called = new Map<string, Called>();
  #count = 0;

  /** An id for what pi gives none. */
  newId(kind: string): string {
    this.#count += 1;
    return `${kind}-${this.#count}`;
  }

  /** A tool of any kind is about to be called. */
  remember(event: object): void {
    const { toolCallId, toolName = '', input } = event as { toolCallId?: string; toolName?: string; input?: unknown };
    if (toolCallId !== undefined) this.#called.set(toolCallId, { name: toolName, input });
  }

  forget(event: object): void {
    this.#called.delete((event as { toolCallId?: string }).toolCallId ?? '');
  }

  /** The command of a tool call as the model wrote it, or the tool and what it works on. */
  programOf(toolCallId: string): string {
    const call = this.#called.get(toolCallId);
    const { command, path } = (call?.input ?? {}) as { command?: unknown; path?: unknown };
    if (typeof command === 'string') return command;
    return [call?.name ?? '', typeof path === 'string' ? path : ''].join(' ').trim();
  }

  /** What ends a question that belongs to `callId`: the end of its tool, of nothing for a command, else of the run. */
  signalFor(callId: string | undefined, run: AbortSignal | undefined): AbortSignal | undefined {
    if (callId !== undefined && this.commands.has(callId)) return undefined;
    return (callId === undefined ? undefined : this.tools.get(callId)?.signal) ?? run;
  }
}
