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
  setWidget(key: string, lines: string[] | undefined, options: { placement: string }): void;
  setTitle(title: string): void;
  setEditorText(text: string): void;
  pasteToEditor(text: string): void;
  getEditorText(): string;
  setWorkingMessage(message?: string): void;
  setWorkingVisible(isVisible: boolean): void;
  setWorkingIndicator(options?: { frames?: string[]; intervalMs?: number }): void;
  setHiddenThinkingLabel(label?: string): void;
  setToolsExpanded(isExpanded: boolean): void;
  getToolsExpanded(): boolean;
  setTheme(name: string): { success: boolean; error?: string };
  getAllThemes(): { name: string; path: string | undefined }[];
}

export interface PiModel {
  readonly provider: string;
  readonly id: string;
  readonly name?: string;
  readonly contextWindow?: number;
  readonly input?: readonly string[];
  readonly reasoning?: boolean;
}

export interface PiEntry {
  readonly id: string;
  readonly parentId?: string | null;
  readonly type: string;
  readonly timestamp?: string;
}

export interface PiContext {
  readonly ui: PiUi;
  readonly cwd: string;
  readonly mode: string;
  readonly hasUI: boolean;
  /** Fires when the run is stopped; absent outside a run */
  readonly signal?: AbortSignal | undefined;
  readonly sessionManager: {
    getSessionId(): string;
    getSessionFile(): string | undefined;
    getSessionName(): string | undefined;
    getEntries(): readonly PiEntry[];
    getEntry(id: string): PiEntry | undefined;
    getLeafId(): string | null;
  };
  readonly modelRegistry: {
    getAvailable(): readonly PiModel[];
    find(provider: string, id: string): PiModel | undefined;
  };
  readonly model: PiModel | undefined;
  readonly scopedModels: readonly { readonly model: PiModel }[];
  readonly thinkingLevel?: string;
  isIdle(): boolean;
  isProjectTrusted(): boolean;
  hasPendingMessages(): boolean;
  abort(): void;
  shutdown(): void;
  compact(options: { customInstructions?: string; onError: () => void }): void;
  getContextUsage(): { tokens: number | null; contextWindow: number; percent: number | null } | undefined;
  getSystemPrompt(): string;
}

/** The result of a tool; `details` and the fields after it are absent when the tool gives none. */
export interface PiResult {
  readonly content: readonly object[];
  readonly details?: unknown;
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
  readonly usage?: unknown;
  readonly terminate?: boolean;
}

export interface PiToolContext extends PiContext {
  /** Never rejects */
  executeTool(
    name: string,
    input: unknown,
    options: { signal?: AbortSignal },
  ): Promise<{ result: PiResult; isError: boolean }>;
}

type Switched = Promise<{ cancelled: boolean }>;

export interface PiCommandContext extends PiContext {
  newSession(options: { parentSession?: string }): Switched;
  fork(entryId: string, options: { position: 'before' | 'at' }): Switched;
  navigateTree(
    targetId: string,
    options: { summarize: boolean; customInstructions?: string; replaceInstructions: boolean; label?: string },
  ): Switched;
  switchSession(sessionPath: string): Switched;
  reload(): Promise<void>;
}

export type PiHandler = (event: object, context: PiContext) => unknown;

export interface PiTool {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly parameters: object;
  readonly promptSnippet?: string;
  readonly promptGuidelines?: readonly string[];
  readonly constrainedSampling?: unknown;
  readonly outputSchema?: object;
  readonly exposure?: string;
  readonly namespace?: object;
  readonly annotations?: object;
  readonly defaultActive?: boolean;
  readonly executionMode?: string;
  readonly reachesTools?: () => readonly string[];
  execute(
    id: string,
    input: unknown,
    signal: AbortSignal | undefined,
    onUpdate: ((partial: object) => void) | undefined,
    context: PiToolContext,
  ): Promise<object>;
}

export interface PiToolInfo {
  readonly name: string;
  readonly description: string;
  readonly parameters: object;
  readonly promptGuidelines?: readonly string[];
  readonly exposure: string;
  readonly namespace?: object;
  readonly annotations?: object;
  readonly sourceInfo: { readonly path: string };
}

export interface PiCommand {
  readonly description?: string;
  getArgumentCompletions?(prefix: string): Promise<{ value: string; label: string; description?: string }[] | null>;
  handler(words: string, context: PiCommandContext): Promise<void>;
}

type DeliverAs = 'steer' | 'followUp' | 'nextTurn';

export interface PiCustomMessage {
  readonly customType: string;
  readonly content: string | readonly object[];
  readonly display: boolean;
  readonly details?: unknown;
}

export interface Pi {
  /** Returns a function that ends the subscription */
  on(event: string, handler: PiHandler): () => void;
  registerTool(tool: PiTool): void;
  registerCommand(name: string, command: PiCommand): void;
  registerShortcut(
    key: string,
    shortcut: { description?: string; handler: (context: PiContext) => Promise<void> },
  ): void;
  registerFlag(
    name: string,
    flag: { description?: string; type: 'boolean' | 'string'; default?: boolean | string },
  ): void;
  getFlag(name: string): boolean | string | undefined;
  sendMessage(message: PiCustomMessage, options: { triggerTurn?: boolean; deliverAs?: DeliverAs }): void;
  sendUserMessage(
    content: readonly object[],
    options: { deliverAs?: 'steer' | 'followUp'; expandPromptTemplates?: boolean },
  ): void;
  appendEntry(customType: string, data?: unknown): void;
  setSessionName(name: string): void;
  setLabel(entryId: string, label: string | undefined): void;
  exec(
    program: string,
    words: readonly string[],
    options: { signal?: AbortSignal; timeout?: number; cwd?: string; maxBuffer?: number },
  ): Promise<{ stdout: string; stderr: string; code: number; killed: boolean; truncated: boolean }>;
  getActiveTools(): string[];
  setActiveTools(names: string[]): void;
  getAllTools(): readonly PiToolInfo[];
  getCommands(): readonly { name: string; description?: string; source: string }[];
  getSettings(): unknown;
  setModel(model: PiModel): Promise<boolean>;
  setThinkingLevel(level: string): void;
  registerProvider(name: string, config: object): void;
  unregisterProvider(name: string): void;
  registerMcpServer(name: string, config: object): void;
  unregisterMcpServer(name: string): void;
  getMcpServers(): readonly { name: string; config: unknown }[];
}

export interface PiToolResult {
  readonly content: readonly unknown[];
}
