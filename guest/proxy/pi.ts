/** The parts of pi's extension API that the proxy uses; pi 1.5.2. */

export interface DialogOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds */
  readonly timeout?: number;
}

export interface PiUi {
  confirm(title: string, message: string, options: DialogOptions): Promise<boolean>;
  select(title: string, options: string[], extra: DialogOptions): Promise<string | undefined>;
  input(title: string, placeholder: string | undefined, options: DialogOptions): Promise<string | undefined>;
  editor(title: string, prefill?: string): Promise<string | undefined>;
  notify(message: string, level: 'info' | 'warning' | 'error'): void;
  setStatus(key: string, text?: string): void;
}

export interface PiContext {
  readonly ui: PiUi;
  readonly cwd: string;
  readonly mode: string;
  readonly hasUI: boolean;
  /** Fires when the run is stopped; absent outside of a run */
  readonly signal?: AbortSignal;
  readonly sessionManager: { getSessionId(): string; getSessionFile(): string | undefined };
}

export type PiHandler = (event: object, context: PiContext) => unknown;

export interface PiTool {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly parameters: object;
  execute(
    id: string,
    input: unknown,
    signal: AbortSignal | undefined,
    onUpdate: ((partial: object) => void) | undefined,
    context: PiContext,
  ): Promise<object>;
}

export interface Pi {
  /** Answers how to end it */
  on(event: string, handler: PiHandler): () => void;
  registerTool(tool: PiTool): void;
}

export interface PiToolResult {
  readonly content: readonly unknown[];
}
