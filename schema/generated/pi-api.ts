// Generated from schema/pi_api.capnp by scripts/capnp.mjs: change the schema, then run it again.
import type { CallOptions } from '../capnp/call-options';

/** Raised when an older side could misunderstand a newer one; each side refuses any number but its own. */
export const protocolVersion = 1 as const;

export type ErrorCode = (typeof errorCodeValues)[number];

/** Every value of `ErrorCode`, in the order of the schema. */
export const errorCodeValues = [
  /** A bug in the program */
  'internalError',
  /** A received message can't be read: out of bounds, nested too deeply, an unknown arm */
  'invalidMessage',
  /** A message is longer than the cap, or has too many segments */
  'frameTooLarge',
  /** The other side uses another version */
  'protocolMismatch',
  /** No answer in time; the callee is notified that nobody waits any longer */
  'deadlineExceeded',
  /** The caller cancelled the call */
  'cancelled',
  /** The connection closed before the answer, or was closed when the call was made */
  'disconnected',
  /** Too many calls are running */
  'overloaded',
  /** The other side doesn't support this; HostInfo.capabilities says so beforehand */
  'unimplemented',
  /** Called before attach, or after shutdown */
  'notReady',
  /** The named tool, command, entry or model doesn't exist */
  'notFound',
  /** The input doesn't fit the method */
  'invalidInput',
  /** The person or a rule said no */
  'denied',
] as const;

/** An error as part of an answer */
export interface ApiError {
  readonly code: ErrorCode;
  /** What happened and what to do next, for people */
  readonly message: string;
  /** Whether the same call may succeed later without changes */
  readonly retryable: boolean;
}

/** An empty answer: it is done */
export type Done = Readonly<Record<never, never>>;

export interface PiExtensionBridge {
  /** First on every connection: the host to call back, and everything that the bridge needs to know */
  readonly attach: (input: Attach, call?: CallOptions) => Promise<Done>;
  /** What the extension offers, given what the host can do */
  readonly describe: (input: HostInfo, call?: CallOptions) => Promise<ExtensionManifest>;
  /** The harness passes the deadline of the subscription as the deadline of the call */
  readonly handleEvent: (input: PiEvent, call?: CallOptions) => Promise<PiEventResponse>;
  /** May send PiHost.toolUpdate until it answers */
  readonly executeTool: (input: ToolRequest, call?: CallOptions) => Promise<ToolResult>;
  readonly executeCommand: (input: CommandRequest, call?: CallOptions) => Promise<CommandResponse>;
  readonly executeShortcut: (input: ShortcutRequest, call?: CallOptions) => Promise<CommandResponse>;
  readonly completeArguments: (input: CompletionRequest, call?: CallOptions) => Promise<CompletionList>;
  /** Ends executeTool, executeCommand or executeShortcut of the same callId early; unknown ids are ignored */
  readonly cancel: (input: Cancel, call?: CallOptions) => Promise<Done>;
  /** Last; the bridge answers when it has saved what it keeps */
  readonly shutdown: (input: Shutdown, call?: CallOptions) => Promise<Done>;
}

export interface Attach {
  readonly host: PiHost;
  readonly init: BridgeInit;
}

/** Everything that a bridge knows about where it runs: it reads no environment */
export interface BridgeInit {
  readonly sessionId: string;
  /** Where the harness runs commands, an absolute path */
  readonly cwd: string;
  readonly folders: Folders;
  readonly limits: Limits;
  /** SHA-256 of the behaviour files, hexadecimal, for a bridge that keeps them compiled */
  readonly behaviourDigest?: string | undefined;
  /** The main file first, then what it includes */
  readonly behaviourFiles: readonly BehaviourFile[];
  /** The person's settings other than folders and limits */
  readonly settings: readonly Setting[];
  /** Where the bridge may keep its journal, an absolute path */
  readonly stateFolder?: string | undefined;
}

/** Absolute paths as the harness sees them */
export interface Folders {
  /** The folder that the person has chosen; a task may have none */
  readonly work?: string | undefined;
  readonly outputs?: string | undefined;
  readonly uploads?: string | undefined;
  readonly home?: string | undefined;
}

export interface Limits {
  readonly eventMs: number;
  readonly toolMs: number;
  readonly maximumCallsUnderWay: number;
  readonly maximumFrameBytes: number;
}

export interface BehaviourFile {
  /** Path relative to the main file's folder */
  readonly name: string;
  readonly text: string;
}

export interface Setting {
  readonly name: string;
  readonly value: string;
}

export interface HostInfo {
  readonly protocolVersion: number;
  /** `pi`, `vtcode-tui`, `vtcode-acp` */
  readonly harness: string;
  readonly harnessVersion: string;
  /** pi's: `tui`, `rpc`, `json`, `print` */
  readonly mode: string;
  /** Whether a person can be asked */
  readonly hasUi: boolean;
  /** Names of `hostCapabilities`; anything not listed fails with `unimplemented` */
  readonly capabilities: readonly string[];
}

export interface HostCapability {
  readonly name: string;
  readonly meaning: string;
}

export const hostCapabilities = [
  {
    name: 'dialogs',
    meaning: 'UiAction select, confirm and input get an answer from the person',
  },
  {
    name: 'editorDialog',
    meaning: 'UiAction editor gets an answer from the person',
  },
  {
    name: 'notify',
    meaning: 'UiAction notify is shown',
  },
  {
    name: 'status',
    meaning: 'UiAction setStatus and setTitle are shown',
  },
  {
    name: 'widgets',
    meaning: 'UiAction setWidget is shown',
  },
  {
    name: 'editorText',
    meaning: "UiAction setEditorText, pasteToEditor and getEditorText reach the person's editor",
  },
  {
    name: 'terminalUi',
    meaning:
      'UiAction setWorkingMessage, setWorkingVisible, setWorkingIndicator, setHiddenThinkingLabel, setToolsExpanded, getToolsExpanded, setTheme and getThemes have an effect',
  },
  {
    name: 'blockTool',
    meaning: 'the answer blockTool keeps a tool from running',
  },
  {
    name: 'blockReason',
    meaning: 'the reason of blockTool reaches the model',
  },
  {
    name: 'terminate',
    meaning: "terminate of blockTool and of a tool's result ends the run",
  },
  {
    name: 'patchToolInput',
    meaning: "the answer patchToolInput changes a tool's input",
  },
  {
    name: 'patchToolResult',
    meaning: 'the answer patchToolResult changes what the model sees of a result',
  },
  {
    name: 'transformInput',
    meaning: 'the answer input changes or handles what the person wrote',
  },
  {
    name: 'addContext',
    meaning: 'the answer beforeAgentStart adds a message or changes the system prompt',
  },
  {
    name: 'continueRun',
    meaning: 'the answer boundary adds entries or continues the run',
  },
  {
    name: 'contextMessages',
    meaning: 'the answer contextMessages replaces what is sent to the model',
  },
  {
    name: 'provider',
    meaning: 'provider requests, headers and cache warming can be seen and changed',
  },
  {
    name: 'sessionGates',
    meaning: 'switching, forking, compacting and moving in the tree can be cancelled or changed',
  },
  {
    name: 'userBash',
    meaning: 'commands that the person types can be answered by the bridge',
  },
  {
    name: 'resources',
    meaning: 'the answer resources adds skills, prompts and themes',
  },
  {
    name: 'tools',
    meaning: 'tools of the manifest can be called by the model',
  },
  {
    name: 'toolUpdates',
    meaning: 'PiHost.toolUpdate is shown while a tool runs',
  },
  {
    name: 'runTool',
    meaning: "PiHost.runTool runs other tools for one of the bridge's own",
  },
  {
    name: 'commands',
    meaning: 'commands of the manifest can be typed, with completion of arguments',
  },
  {
    name: 'sessionControl',
    meaning: "a command's answer can start, fork, switch or reload sessions",
  },
  {
    name: 'shortcuts',
    meaning: 'shortcuts of the manifest can be pressed',
  },
  {
    name: 'flags',
    meaning: 'flags of the manifest are known when the harness starts',
  },
  {
    name: 'messages',
    meaning: 'PiHost.sendMessage and sendUserMessage reach the model',
  },
  {
    name: 'steer',
    meaning: 'a message can be delivered while the model works',
  },
  {
    name: 'entries',
    meaning: 'PiHost.appendEntry, setLabel and setSessionName are kept with the session',
  },
  {
    name: 'readSession',
    meaning: 'PiHost.getEntries and getSessionInfo',
  },
  {
    name: 'contextUsage',
    meaning: 'PiHost.getContextUsage',
  },
  {
    name: 'activeTools',
    meaning: 'PiHost.getTools, getActiveTools and setActiveTools',
  },
  {
    name: 'model',
    meaning: 'PiHost.getModels, setModel and setThinkingLevel',
  },
  {
    name: 'shell',
    meaning: "PiHost.execShell, in the task's sandbox",
  },
  {
    name: 'abort',
    meaning: 'PiHost.abort',
  },
  {
    name: 'compact',
    meaning: 'PiHost.compact',
  },
  {
    name: 'registerProvider',
    meaning: 'PiHost.registerProvider and unregisterProvider',
  },
  {
    name: 'registerMcpServer',
    meaning: 'PiHost.registerMcpServer, unregisterMcpServer and getMcpServers',
  },
  {
    name: 'askAct',
    meaning: "PiHost.askAct is answered by the host's store of grants and by the person",
  },
] as const satisfies readonly HostCapability[];

export interface ExtensionManifest {
  readonly protocolVersion: number;
  readonly name: string;
  readonly version: string;
  readonly description?: string | undefined;
  /** SHA-256 of the behaviour files that this was made from, hexadecimal */
  readonly behaviourDigest?: string | undefined;
  readonly tools: readonly ToolDefinition[];
  readonly commands: readonly CommandDefinition[];
  readonly shortcuts: readonly ShortcutDefinition[];
  readonly flags: readonly FlagDefinition[];
  /** Events that aren't listed aren't sent */
  readonly events: readonly EventSubscription[];
  /** Names of `hostCapabilities` that the extension can't work without */
  readonly needs: readonly string[];
}

export interface EventSubscription {
  /** pi's name of the event */
  readonly name: string;
  readonly class: EventClass;
  /** 0 for the one in `eventKinds` */
  readonly deadlineMs: number;
  /** For tool events: only these tools; empty for all */
  readonly toolNames: readonly string[];
}

export interface ToolDefinition {
  readonly name: string;
  /** For people */
  readonly label: string;
  /** For the model */
  readonly description: string;
  readonly promptSnippet?: string | undefined;
  readonly promptGuidelines: readonly string[];
  /** JSON Schema of the input */
  readonly parametersJson: string;
  /** JSON Schema of ToolResult.structuredContentJson */
  readonly outputSchemaJson?: string | undefined;
  /** pi's `false` or ConstrainedSamplingConfig */
  readonly constrainedSamplingJson?: string | undefined;
  readonly exposure: ToolExposure;
  readonly namespace?: ToolNamespace | undefined;
  readonly annotations?: ToolAnnotations | undefined;
  readonly defaultActive?: boolean | undefined;
  readonly executionMode: ExecutionMode;
  /** Names of the tools that it may run with runTool; absent for none */
  readonly reachesTools?: readonly string[] | undefined;
  /** 0 for Limits.toolMs */
  readonly deadlineMs: number;
}

/** How the model reaches a tool */
export type ToolExposure = (typeof toolExposureValues)[number];

/** Every value of `ToolExposure`, in the order of the schema. */
export const toolExposureValues = [
  'direct',
  /** pi's `model-only` */
  'modelOnly',
  'codemode',
  'deferred',
  'hidden',
] as const;

export type ExecutionMode = (typeof executionModeValues)[number];

/** Every value of `ExecutionMode`, in the order of the schema. */
export const executionModeValues = [
  /** The harness's setting */
  'byDefault',
  'sequential',
  'parallel',
] as const;

export interface ToolNamespace {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description?: string | undefined;
  readonly instructions?: string | undefined;
}

/** Hints from the tool's author, not verified */
export interface ToolAnnotations {
  readonly readOnlyHint?: boolean | undefined;
  readonly destructiveHint?: boolean | undefined;
  readonly idempotentHint?: boolean | undefined;
  readonly openWorldHint?: boolean | undefined;
}

export interface CommandDefinition {
  /** Without the slash */
  readonly name: string;
  readonly description?: string | undefined;
  readonly completesArguments: boolean;
}

export interface ShortcutDefinition {
  /** pi's name of the key, such as `ctrl+shift+g` */
  readonly key: string;
  readonly description?: string | undefined;
}

export type FlagDefinition = {
  /** Without dashes */
  readonly name: string;
  readonly description?: string | undefined;
} & (
  | { readonly which: 'boolean'; readonly boolean: FlagDefinitionBoolean }
  | { readonly which: 'string'; readonly string: FlagDefinitionString }
);

export interface FlagDefinitionBoolean {
  readonly byDefault: boolean;
}

export interface FlagDefinitionString {
  readonly byDefault?: string | undefined;
}

export interface ToolRequest {
  /** pi's id of the tool call; also for toolUpdate, runTool and cancel */
  readonly callId: string;
  readonly toolName: string;
  readonly inputJson: string;
}

export interface ToolResult {
  readonly content: readonly ContentBlock[];
  /** Kept with the session, not seen by the model */
  readonly detailsJson?: string | undefined;
  readonly structuredContentJson?: string | undefined;
  readonly isError: boolean;
  /** pi's Usage, when the tool has asked a model itself */
  readonly usageJson?: string | undefined;
  /** Whether the run ends after this tool */
  readonly terminate: boolean;
}

export type ContentBlock =
  { readonly which: 'text'; readonly text: string } | { readonly which: 'image'; readonly image: ContentBlockImage };

export interface ContentBlockImage {
  readonly mimeType: string;
  readonly data: Uint8Array;
}

export interface CommandRequest {
  readonly callId: string;
  readonly name: string;
  /** What follows the name, as typed */
  readonly arguments: string;
}

export interface ShortcutRequest {
  readonly callId: string;
  readonly key: string;
}

export type CommandResponse =
  | { readonly which: 'done' }
  | { readonly which: 'error'; readonly error: ApiError }
  | {
      /** The harness does this after the command has ended, because it may load the extension again */
      readonly which: 'control';
      readonly control: SessionControl;
    };

export type SessionControl =
  | { readonly which: 'newSession'; readonly newSession: SessionControlNewSession }
  | { readonly which: 'fork'; readonly fork: SessionControlFork }
  | { readonly which: 'navigateTree'; readonly navigateTree: SessionControlNavigateTree }
  | { readonly which: 'switchSession'; readonly switchSession: SessionControlSwitchSession }
  | { readonly which: 'reload' };

export interface SessionControlNewSession {
  readonly parentSession?: string | undefined;
}

export interface SessionControlFork {
  readonly entryId: string;
  readonly position: ForkPosition;
}

export interface SessionControlNavigateTree {
  readonly targetId: string;
  readonly summarize: boolean;
  readonly customInstructions?: string | undefined;
  readonly replaceInstructions: boolean;
  readonly label?: string | undefined;
}

export interface SessionControlSwitchSession {
  readonly sessionPath: string;
}

export type ForkPosition = (typeof forkPositionValues)[number];

/** Every value of `ForkPosition`, in the order of the schema. */
export const forkPositionValues = ['before', 'at'] as const;

export interface CompletionRequest {
  /** The command's name */
  readonly name: string;
  /** The argument, as typed so far */
  readonly prefix: string;
}

export interface CompletionList {
  readonly items: readonly Completion[];
}

export interface Completion {
  readonly value: string;
  readonly label: string;
  readonly description?: string | undefined;
}

export interface Cancel {
  readonly callId: string;
  readonly reason: string;
}

export interface Shutdown {
  readonly reason: ShutdownReason;
}

export interface PiHost {
  /** The person answers actions that ask something; everything else is answered immediately */
  readonly uiAction: (input: UiAction, call?: CallOptions) => Promise<UiReply>;
  /** Whether acts on the person's files and computer are allowed: by an existing grant, or by asking */
  readonly askAct: (input: ActQuestion, call?: CallOptions) => Promise<ActAnswer>;
  /** Shows what a running tool has so far */
  readonly toolUpdate: (input: ToolUpdate, call?: CallOptions) => Promise<Done>;
  /** Runs another tool for a running one, through the same gates */
  readonly runTool: (input: NestedTool, call?: CallOptions) => Promise<ToolResult>;
  readonly sendMessage: (input: SendMessage, call?: CallOptions) => Promise<Done>;
  readonly sendUserMessage: (input: SendUserMessage, call?: CallOptions) => Promise<Done>;
  readonly appendEntry: (input: AppendEntry, call?: CallOptions) => Promise<Done>;
  readonly setLabel: (input: SetLabel, call?: CallOptions) => Promise<Done>;
  readonly setSessionName: (input: SetSessionName, call?: CallOptions) => Promise<Done>;
  readonly getEntries: (input: EntriesQuery, call?: CallOptions) => Promise<EntryPage>;
  readonly getSessionInfo: (input: SessionInfoQuery, call?: CallOptions) => Promise<SessionInfo>;
  readonly getContextUsage: (input: ContextUsageQuery, call?: CallOptions) => Promise<ContextUsage>;
  readonly getTools: (input: ToolsQuery, call?: CallOptions) => Promise<ToolList>;
  readonly getActiveTools: (input: ActiveToolsQuery, call?: CallOptions) => Promise<ToolNames>;
  readonly setActiveTools: (input: ToolNames, call?: CallOptions) => Promise<Done>;
  readonly getCommands: (input: CommandsQuery, call?: CallOptions) => Promise<CommandList>;
  readonly getFlag: (input: FlagQuery, call?: CallOptions) => Promise<FlagValue>;
  readonly getSettings: (input: SettingsQuery, call?: CallOptions) => Promise<HarnessSettings>;
  readonly setModel: (input: ModelRef, call?: CallOptions) => Promise<SetModelReply>;
  readonly setThinkingLevel: (input: SetThinkingLevel, call?: CallOptions) => Promise<Done>;
  readonly execShell: (input: ShellRequest, call?: CallOptions) => Promise<ShellResult>;
  readonly abort: (input: Abort, call?: CallOptions) => Promise<Done>;
  /** Starts a compaction without waiting for it */
  readonly compact: (input: Compact, call?: CallOptions) => Promise<Done>;
  /** Ends the harness cleanly */
  readonly quit: (input: Quit, call?: CallOptions) => Promise<Done>;
  readonly registerProvider: (input: ProviderDefinition, call?: CallOptions) => Promise<Done>;
  readonly unregisterProvider: (input: ProviderName, call?: CallOptions) => Promise<Done>;
  readonly registerMcpServer: (input: McpServer, call?: CallOptions) => Promise<Done>;
  readonly unregisterMcpServer: (input: McpServerName, call?: CallOptions) => Promise<Done>;
  readonly getMcpServers: (input: McpServersQuery, call?: CallOptions) => Promise<McpServerList>;
  /** For developers; the harness logs it and doesn't show it in the conversation */
  readonly log: (input: LogLine, call?: CallOptions) => Promise<Done>;
  readonly getModels: (input: ModelsQuery, call?: CallOptions) => Promise<ModelList>;
}

export type UiAction = {
  /** The tool, command or event that shows it */
  readonly callId?: string | undefined;
  /** The dialog then closes and counts as cancelled */
  readonly timeoutMs?: number | undefined;
} & (
  | { readonly which: 'select'; readonly select: UiActionSelect }
  | { readonly which: 'confirm'; readonly confirm: UiActionConfirm }
  | { readonly which: 'input'; readonly input: UiActionInput }
  | { readonly which: 'editor'; readonly editor: UiActionEditor }
  | { readonly which: 'notify'; readonly notify: UiActionNotify }
  | { readonly which: 'setStatus'; readonly setStatus: UiActionSetStatus }
  | { readonly which: 'setWidget'; readonly setWidget: UiActionSetWidget }
  | { readonly which: 'setTitle'; readonly setTitle: UiActionSetTitle }
  | { readonly which: 'setEditorText'; readonly setEditorText: UiActionSetEditorText }
  | { readonly which: 'pasteToEditor'; readonly pasteToEditor: UiActionPasteToEditor }
  | { readonly which: 'getEditorText' }
  | { readonly which: 'setWorkingMessage'; readonly setWorkingMessage: UiActionSetWorkingMessage }
  | { readonly which: 'setWorkingVisible'; readonly setWorkingVisible: UiActionSetWorkingVisible }
  | { readonly which: 'setWorkingIndicator'; readonly setWorkingIndicator: UiActionSetWorkingIndicator }
  | { readonly which: 'setHiddenThinkingLabel'; readonly setHiddenThinkingLabel: UiActionSetHiddenThinkingLabel }
  | { readonly which: 'setToolsExpanded'; readonly setToolsExpanded: UiActionSetToolsExpanded }
  | { readonly which: 'getToolsExpanded' }
  | { readonly which: 'setTheme'; readonly setTheme: UiActionSetTheme }
  | { readonly which: 'getThemes' }
);

export interface UiActionSelect {
  readonly title: string;
  readonly options: readonly string[];
}

export interface UiActionConfirm {
  readonly title: string;
  readonly message: string;
}

export interface UiActionInput {
  readonly title: string;
  readonly placeholder?: string | undefined;
}

export interface UiActionEditor {
  readonly title: string;
  readonly prefill?: string | undefined;
}

export interface UiActionNotify {
  readonly message: string;
  readonly level: NotifyLevel;
}

export interface UiActionSetStatus {
  readonly key: string;
  /** Absent to clear it */
  readonly text?: string | undefined;
}

export interface UiActionSetWidget {
  readonly key: string;
  /** Absent to remove it */
  readonly lines?: readonly string[] | undefined;
  readonly placement: WidgetPlacement;
}

export interface UiActionSetTitle {
  readonly title: string;
}

export interface UiActionSetEditorText {
  readonly text: string;
}

export interface UiActionPasteToEditor {
  readonly text: string;
}

export interface UiActionSetWorkingMessage {
  readonly message?: string | undefined;
}

export interface UiActionSetWorkingVisible {
  readonly visible: boolean;
}

export interface UiActionSetWorkingIndicator {
  readonly frames?: readonly string[] | undefined;
  readonly intervalMs?: number | undefined;
}

export interface UiActionSetHiddenThinkingLabel {
  readonly label?: string | undefined;
}

export interface UiActionSetToolsExpanded {
  readonly expanded: boolean;
}

export interface UiActionSetTheme {
  readonly name: string;
}

export type NotifyLevel = (typeof notifyLevelValues)[number];

/** Every value of `NotifyLevel`, in the order of the schema. */
export const notifyLevelValues = ['info', 'warning', 'error'] as const;

export type WidgetPlacement = (typeof widgetPlacementValues)[number];

/** Every value of `WidgetPlacement`, in the order of the schema. */
export const widgetPlacementValues = ['aboveEditor', 'belowEditor'] as const;

export type UiReply =
  | {
      /** Shown; needs no answer */
      readonly which: 'done';
    }
  | { readonly which: 'confirmed'; readonly confirmed: boolean }
  | {
      /** For select, input, editor and getEditorText */
      readonly which: 'value';
      readonly value: string;
    }
  | {
      /** Closed without an answer: by the person, by the time-out, or because the run was stopped */
      readonly which: 'cancelled';
    }
  | { readonly which: 'expanded'; readonly expanded: boolean }
  | { readonly which: 'themes'; readonly themes: readonly Theme[] }
  | {
      /** The harness tried and failed, with the reason */
      readonly which: 'failed';
      readonly failed: string;
    };

export interface Theme {
  readonly name: string;
  readonly path?: string | undefined;
}

export interface ActQuestion {
  readonly toolCallId: string;
  /** What is about to happen, for people: `delete 3 files in Reports?` */
  readonly sentence: string;
  readonly acts: readonly Act[];
  /** No answer until then means no; absent for the person's own setting */
  readonly timeoutMs?: number | undefined;
}

export interface Act {
  readonly kind: ActKind;
  /** An absolute path as the harness sees it, or a host name, or the command */
  readonly path: string;
  /** Where it is moved to */
  readonly target?: string | undefined;
  /** Number of files, when `path` is a folder or a pattern */
  readonly count: number;
}

export type ActKind = (typeof actKindValues)[number];

/** Every value of `ActKind`, in the order of the schema. */
export const actKindValues = ['delete', 'move', 'rename', 'overwrite', 'network', 'privileged', 'longRunning'] as const;

export interface ActAnswer {
  readonly allowed: boolean;
  /** For the model and the ledger */
  readonly reason: string;
  readonly scope: GrantScope;
  readonly decidedBy: ActDecider;
}

export type GrantScope = (typeof grantScopeValues)[number];

/** Every value of `GrantScope`, in the order of the schema. */
export const grantScopeValues = ['once', 'turn', 'task', 'always'] as const;

export type ActDecider = (typeof actDeciderValues)[number];

/** Every value of `ActDecider`, in the order of the schema. */
export const actDeciderValues = [
  'person',
  /** A grant that the person gave earlier */
  'grant',
  /** The person's setting: never ask, or always deny */
  'setting',
  'timeout',
] as const;

export interface ToolUpdate {
  readonly callId: string;
  readonly content: readonly ContentBlock[];
  readonly detailsJson?: string | undefined;
}

export interface NestedTool {
  /** The tool that asks */
  readonly callId: string;
  readonly toolName: string;
  readonly inputJson: string;
}

export interface CustomMessage {
  readonly customType: string;
  readonly content: readonly ContentBlock[];
  /** Whether the person sees it */
  readonly display: boolean;
  readonly detailsJson?: string | undefined;
}

export interface SendMessage {
  readonly message: CustomMessage;
  /** Whether the model is asked immediately */
  readonly triggerTurn: boolean;
  readonly deliverAs: Delivery;
}

export interface SendUserMessage {
  readonly content: readonly ContentBlock[];
  readonly deliverAs: Delivery;
  readonly expandPromptTemplates: boolean;
}

/** When a message reaches a working model */
export type Delivery = (typeof deliveryValues)[number];

/** Every value of `Delivery`, in the order of the schema. */
export const deliveryValues = [
  'byDefault',
  /** After the tools that are running */
  'steer',
  /** After the run */
  'followUp',
  /** With the person's next message */
  'nextTurn',
] as const;

/** Kept with the session, not seen by the model */
export interface AppendEntry {
  readonly customType: string;
  readonly dataJson?: string | undefined;
}

export interface SetLabel {
  readonly entryId: string;
  /** Absent to remove it */
  readonly label?: string | undefined;
}

export interface SetSessionName {
  readonly name: string;
}

export interface EntriesQuery {
  /** Id of the last known entry; returns the entries after it. Unknown ids fail with `notFound` */
  readonly since?: string | undefined;
  readonly limit: number;
  /** Only entries of these types; empty for all */
  readonly types: readonly string[];
}

export interface EntryPage {
  readonly entries: readonly SessionEntry[];
  readonly leafId?: string | undefined;
  readonly hasMore: boolean;
}

export interface SessionEntry {
  readonly id: string;
  readonly parentId?: string | undefined;
  readonly type: string;
  /** The whole entry, as in the session file */
  readonly json: string;
}

export interface SessionInfoQuery {
  readonly withSystemPrompt: boolean;
}

export interface SessionInfo {
  readonly sessionId: string;
  readonly sessionFile?: string | undefined;
  readonly name?: string | undefined;
  readonly cwd: string;
  readonly leafId?: string | undefined;
  readonly isIdle: boolean;
  readonly hasPendingMessages: boolean;
  readonly isProjectTrusted: boolean;
  readonly model?: ModelRef | undefined;
  readonly thinkingLevel?: string | undefined;
  readonly systemPrompt?: string | undefined;
}

export type ContextUsageQuery = Readonly<Record<never, never>>;

export interface ContextUsage {
  /** Absent when unknown, such as just after a compaction */
  readonly tokens?: number | undefined;
  readonly contextWindow: number;
  readonly percent?: number | undefined;
}

export type ToolsQuery = Readonly<Record<never, never>>;

export interface ToolList {
  readonly tools: readonly ToolInfo[];
}

export interface ToolInfo {
  readonly name: string;
  readonly description: string;
  readonly parametersJson: string;
  readonly promptGuidelines: readonly string[];
  readonly exposure: ToolExposure;
  readonly namespace?: ToolNamespace | undefined;
  readonly annotations?: ToolAnnotations | undefined;
  /** Path of the extension, or `builtin` */
  readonly source: string;
}

export type ActiveToolsQuery = Readonly<Record<never, never>>;

export interface ToolNames {
  readonly names: readonly string[];
}

export type CommandsQuery = Readonly<Record<never, never>>;

export interface CommandList {
  readonly commands: readonly CommandInfo[];
}

export interface CommandInfo {
  readonly name: string;
  readonly description?: string | undefined;
  /** `extension`, `prompt`, `skill` */
  readonly source: string;
}

export interface FlagQuery {
  readonly name: string;
}

export type FlagValue =
  | { readonly which: 'absent' }
  | { readonly which: 'boolean'; readonly boolean: boolean }
  | { readonly which: 'string'; readonly string: string };

export type SettingsQuery = Readonly<Record<never, never>>;

export interface HarnessSettings {
  /** The harness's own settings, without keys */
  readonly json: string;
}

export interface ModelRef {
  readonly provider: string;
  readonly id: string;
}

export interface ModelsQuery {
  /** Only the models that the person has chosen for this session */
  readonly scopedOnly: boolean;
}

export interface ModelList {
  readonly models: readonly ModelInfo[];
}

export interface ModelInfo {
  readonly model: ModelRef;
  readonly name: string;
  /** Tokens */
  readonly contextWindow: number;
  readonly takesImages: boolean;
  readonly isReasoning: boolean;
}

export interface SetModelReply {
  /** False when there is no key for it */
  readonly changed: boolean;
}

export interface SetThinkingLevel {
  readonly level: string;
}

export interface ShellRequest {
  readonly command: string;
  /** Absent to run `command` in a shell */
  readonly args?: readonly string[] | undefined;
  readonly cwd?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly maximumOutputBytes?: number | undefined;
}

export interface ShellResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Absent when a signal ended it */
  readonly exitCode?: number | undefined;
  readonly killed: boolean;
  readonly truncated: boolean;
}

export type Abort = Readonly<Record<never, never>>;

export interface Compact {
  readonly customInstructions?: string | undefined;
}

export type Quit = Readonly<Record<never, never>>;

export interface ProviderDefinition {
  readonly name: string;
  /** pi's ProviderConfig, without the members that are functions */
  readonly configJson: string;
}

export interface ProviderName {
  readonly name: string;
}

export interface McpServer {
  readonly name: string;
  readonly configJson: string;
}

export interface McpServerName {
  readonly name: string;
}

export type McpServersQuery = Readonly<Record<never, never>>;

export interface McpServerList {
  readonly servers: readonly McpServer[];
}

export interface LogLine {
  readonly level: NotifyLevel;
  readonly message: string;
}

export type EventClass = (typeof eventClassValues)[number];

/** Every value of `EventClass`, in the order of the schema. */
export const eventClassValues = [
  /** The harness waits; no answer in time, or a failed bridge, means no */
  'gate',
  /** The harness waits; no answer in time, or a failed bridge, changes nothing */
  'transform',
  /** The harness doesn't wait, and ignores the answer */
  'notification',
] as const;

export interface EventKind {
  /** pi's name of the event */
  readonly name: string;
  readonly class: EventClass;
  /** How long the harness waits if the subscription doesn't say; for a notification, how long it may take */
  readonly deadlineMs: number;
  /** Frequent or large: only for extensions that need it */
  readonly isHot: boolean;
  /** Arms of PiEventResponse that it allows, besides `none` and `error` */
  readonly responses: readonly string[];
}

export const eventKinds = [
  {
    name: 'project_trust',
    class: 'gate',
    deadlineMs: 180000,
    isHot: false,
    responses: ['projectTrust'],
  },
  {
    name: 'resources_discover',
    class: 'transform',
    deadlineMs: 5000,
    isHot: false,
    responses: ['resources'],
  },
  {
    name: 'session_start',
    class: 'notification',
    deadlineMs: 10000,
    isHot: false,
    responses: [],
  },
  {
    name: 'session_info_changed',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'session_before_switch',
    class: 'gate',
    deadlineMs: 180000,
    isHot: false,
    responses: ['cancel'],
  },
  {
    name: 'session_before_fork',
    class: 'gate',
    deadlineMs: 180000,
    isHot: false,
    responses: ['cancel'],
  },
  {
    name: 'session_before_compact',
    class: 'transform',
    deadlineMs: 120000,
    isHot: false,
    responses: ['cancel', 'compaction'],
  },
  {
    name: 'session_compact',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'session_compact_failed',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'session_shutdown',
    class: 'notification',
    deadlineMs: 2000,
    isHot: false,
    responses: [],
  },
  {
    name: 'session_before_tree',
    class: 'transform',
    deadlineMs: 120000,
    isHot: false,
    responses: ['cancel', 'tree'],
  },
  {
    name: 'session_tree',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'mcp_servers_change',
    class: 'notification',
    deadlineMs: 5000,
    isHot: true,
    responses: [],
  },
  {
    name: 'context',
    class: 'transform',
    deadlineMs: 5000,
    isHot: true,
    responses: ['contextMessages'],
  },
  {
    name: 'context_with_system',
    class: 'transform',
    deadlineMs: 5000,
    isHot: true,
    responses: ['contextMessages'],
  },
  {
    name: 'cache_warming_decision',
    class: 'transform',
    deadlineMs: 2000,
    isHot: false,
    responses: ['cacheWarming'],
  },
  {
    name: 'before_provider_request',
    class: 'transform',
    deadlineMs: 5000,
    isHot: true,
    responses: ['providerRequest'],
  },
  {
    name: 'before_provider_headers',
    class: 'transform',
    deadlineMs: 2000,
    isHot: false,
    responses: ['headers'],
  },
  {
    name: 'after_provider_response',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'provider_stream_event',
    class: 'notification',
    deadlineMs: 1000,
    isHot: true,
    responses: [],
  },
  {
    name: 'before_agent_start',
    class: 'transform',
    deadlineMs: 10000,
    isHot: false,
    responses: ['beforeAgentStart'],
  },
  {
    name: 'agent_start',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'agent_end',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'agent_before_settle',
    class: 'transform',
    deadlineMs: 10000,
    isHot: false,
    responses: ['boundary'],
  },
  {
    name: 'agent_settled',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'ui_prompt_start',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'ui_prompt_end',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'turn_start',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'turn_end',
    class: 'transform',
    deadlineMs: 10000,
    isHot: false,
    responses: ['boundary'],
  },
  {
    name: 'message_start',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'message_update',
    class: 'notification',
    deadlineMs: 1000,
    isHot: true,
    responses: [],
  },
  {
    name: 'message_end',
    class: 'transform',
    deadlineMs: 5000,
    isHot: false,
    responses: ['messageEnd'],
  },
  {
    name: 'tool_execution_start',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'tool_execution_update',
    class: 'notification',
    deadlineMs: 1000,
    isHot: true,
    responses: [],
  },
  {
    name: 'tool_execution_end',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'model_select',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'thinking_level_select',
    class: 'notification',
    deadlineMs: 5000,
    isHot: false,
    responses: [],
  },
  {
    name: 'tool_call',
    class: 'gate',
    deadlineMs: 180000,
    isHot: false,
    responses: ['blockTool', 'patchToolInput'],
  },
  {
    name: 'tool_result',
    class: 'transform',
    deadlineMs: 10000,
    isHot: false,
    responses: ['patchToolResult'],
  },
  {
    name: 'user_bash',
    class: 'gate',
    deadlineMs: 180000,
    isHot: false,
    responses: ['userBashResult'],
  },
  {
    name: 'input',
    class: 'transform',
    deadlineMs: 10000,
    isHot: false,
    responses: ['input'],
  },
] as const satisfies readonly EventKind[];

export type PiEvent = {
  readonly header: EventHeader;
} & (
  | { readonly which: 'unknown'; readonly unknown: UnknownEvent }
  | { readonly which: 'projectTrust'; readonly projectTrust: ProjectTrust }
  | { readonly which: 'resourcesDiscover'; readonly resourcesDiscover: ResourcesDiscover }
  | { readonly which: 'sessionStart'; readonly sessionStart: SessionStart }
  | { readonly which: 'sessionInfoChanged'; readonly sessionInfoChanged: SessionInfoChanged }
  | { readonly which: 'sessionBeforeSwitch'; readonly sessionBeforeSwitch: SessionBeforeSwitch }
  | { readonly which: 'sessionBeforeFork'; readonly sessionBeforeFork: SessionBeforeFork }
  | { readonly which: 'sessionBeforeCompact'; readonly sessionBeforeCompact: SessionBeforeCompact }
  | { readonly which: 'sessionCompact'; readonly sessionCompact: SessionCompact }
  | { readonly which: 'sessionCompactFailed'; readonly sessionCompactFailed: SessionCompactFailed }
  | { readonly which: 'sessionShutdown'; readonly sessionShutdown: SessionShutdown }
  | { readonly which: 'sessionBeforeTree'; readonly sessionBeforeTree: SessionBeforeTree }
  | { readonly which: 'sessionTree'; readonly sessionTree: SessionTree }
  | { readonly which: 'mcpServersChange'; readonly mcpServersChange: McpServerList }
  | { readonly which: 'context'; readonly context: ContextMessages }
  | { readonly which: 'contextWithSystem'; readonly contextWithSystem: ContextMessages }
  | { readonly which: 'cacheWarmingDecision'; readonly cacheWarmingDecision: CacheWarmingDecision }
  | { readonly which: 'beforeProviderRequest'; readonly beforeProviderRequest: ProviderRequest }
  | { readonly which: 'beforeProviderHeaders'; readonly beforeProviderHeaders: ProviderHeaders }
  | { readonly which: 'afterProviderResponse'; readonly afterProviderResponse: AfterProviderResponse }
  | { readonly which: 'providerStreamEvent'; readonly providerStreamEvent: ProviderStreamEvent }
  | { readonly which: 'beforeAgentStart'; readonly beforeAgentStart: BeforeAgentStart }
  | { readonly which: 'agentStart'; readonly agentStart: AgentStart }
  | { readonly which: 'agentEnd'; readonly agentEnd: AgentEnd }
  | { readonly which: 'agentBeforeSettle'; readonly agentBeforeSettle: AgentBeforeSettle }
  | { readonly which: 'agentSettled'; readonly agentSettled: AgentSettled }
  | { readonly which: 'uiPromptStart'; readonly uiPromptStart: UiPrompt }
  | { readonly which: 'uiPromptEnd'; readonly uiPromptEnd: UiPrompt }
  | { readonly which: 'turnStart'; readonly turnStart: TurnStart }
  | { readonly which: 'turnEnd'; readonly turnEnd: TurnEnd }
  | { readonly which: 'messageStart'; readonly messageStart: MessageEvent }
  | { readonly which: 'messageUpdate'; readonly messageUpdate: MessageUpdate }
  | { readonly which: 'messageEnd'; readonly messageEnd: MessageEvent }
  | { readonly which: 'toolExecutionStart'; readonly toolExecutionStart: ToolExecutionStart }
  | { readonly which: 'toolExecutionUpdate'; readonly toolExecutionUpdate: ToolExecutionUpdate }
  | { readonly which: 'toolExecutionEnd'; readonly toolExecutionEnd: ToolExecutionEnd }
  | { readonly which: 'modelSelect'; readonly modelSelect: ModelSelect }
  | { readonly which: 'thinkingLevelSelect'; readonly thinkingLevelSelect: ThinkingLevelSelect }
  | { readonly which: 'toolCall'; readonly toolCall: ToolCall }
  | { readonly which: 'toolResult'; readonly toolResult: ToolResultEvent }
  | { readonly which: 'userBash'; readonly userBash: UserBash }
  | { readonly which: 'input'; readonly input: InputEvent }
);

export interface EventHeader {
  readonly protocolVersion: number;
  /** Counts a session's events from 1, including those that weren't sent: a gap is a loss */
  readonly seq: number;
  readonly sessionId: string;
  readonly harness: string;
  /** The same for everything that belongs together: pi's tool call id, or the turn */
  readonly correlationId: string;
  /** The harness then continues without the answer */
  readonly deadlineMs: number;
  readonly atMs: number;
}

/** An event without an arm in this version */
export interface UnknownEvent {
  readonly name: string;
  readonly json: string;
}

/** Whether the project's own extensions and settings may be loaded */
export interface ProjectTrust {
  readonly cwd: string;
  readonly mode: string;
  readonly hasUi: boolean;
}

export interface ResourcesDiscover {
  readonly cwd: string;
  readonly reason: ResourcesReason;
}

export type ResourcesReason = (typeof resourcesReasonValues)[number];

/** Every value of `ResourcesReason`, in the order of the schema. */
export const resourcesReasonValues = ['startup', 'reload'] as const;

export interface SessionStart {
  readonly reason: SessionStartReason;
  readonly previousSessionFile?: string | undefined;
}

export type SessionStartReason = (typeof sessionStartReasonValues)[number];

/** Every value of `SessionStartReason`, in the order of the schema. */
export const sessionStartReasonValues = ['startup', 'reload', 'new', 'resume', 'fork'] as const;

export interface SessionInfoChanged {
  readonly name?: string | undefined;
}

export interface SessionBeforeSwitch {
  readonly reason: SwitchReason;
  readonly targetSessionFile?: string | undefined;
}

export type SwitchReason = (typeof switchReasonValues)[number];

/** Every value of `SwitchReason`, in the order of the schema. */
export const switchReasonValues = ['new', 'resume'] as const;

export interface SessionBeforeFork {
  readonly entryId: string;
  readonly position: ForkPosition;
}

/** The messages themselves are read with getEntries */
export interface SessionBeforeCompact {
  readonly reason: CompactReason;
  /** Whether the request that was too long is sent again afterwards */
  readonly willRetry: boolean;
  readonly firstKeptEntryId: string;
  readonly tokensBefore: number;
  readonly isSplitTurn: boolean;
  /** Number of messages that will be summarised */
  readonly messageCount: number;
  readonly turnPrefixCount: number;
  readonly previousSummary?: string | undefined;
  readonly customInstructions?: string | undefined;
  readonly readFiles: readonly string[];
  readonly writtenFiles: readonly string[];
  readonly editedFiles: readonly string[];
  readonly reserveTokens: number;
  readonly keepRecentTokens: number;
}

export type CompactReason = (typeof compactReasonValues)[number];

/** Every value of `CompactReason`, in the order of the schema. */
export const compactReasonValues = ['manual', 'threshold', 'overflow'] as const;

export interface SessionCompact {
  readonly reason: CompactReason;
  readonly willRetry: boolean;
  readonly fromExtension: boolean;
  readonly entryId: string;
  readonly summary: string;
  readonly firstKeptEntryId?: string | undefined;
  readonly tokensBefore: number;
}

export interface SessionCompactFailed {
  readonly reason: CompactReason;
  readonly willRetry: boolean;
  readonly fromExtension: boolean;
  readonly aborted: boolean;
  readonly errorMessage?: string | undefined;
}

export interface SessionShutdown {
  readonly reason: ShutdownReason;
  readonly targetSessionFile?: string | undefined;
}

export type ShutdownReason = (typeof shutdownReasonValues)[number];

/** Every value of `ShutdownReason`, in the order of the schema. */
export const shutdownReasonValues = ['quit', 'reload', 'new', 'resume', 'fork'] as const;

/** The entries themselves are read with getEntries */
export interface SessionBeforeTree {
  readonly targetId: string;
  readonly oldLeafId?: string | undefined;
  readonly commonAncestorId?: string | undefined;
  readonly entryIdsToSummarize: readonly string[];
  readonly userWantsSummary: boolean;
  readonly customInstructions?: string | undefined;
  readonly replaceInstructions?: boolean | undefined;
  readonly label?: string | undefined;
}

export interface SessionTree {
  readonly newLeafId?: string | undefined;
  readonly oldLeafId?: string | undefined;
  readonly summaryEntryId?: string | undefined;
  readonly fromExtension?: boolean | undefined;
}

export interface ContextMessages {
  readonly messages: readonly Message[];
}

export interface Message {
  /** pi's: user, assistant, toolResult, custom and others */
  readonly role: string;
  /** The whole message */
  readonly json: string;
}

/** Costs in US dollars; whether a provider's cache is kept warm */
export interface CacheWarmingDecision {
  readonly warmCost: number;
  readonly missCost: number;
  readonly continuationProbability: number;
  readonly action: CacheWarmingAction;
}

export type CacheWarmingAction = (typeof cacheWarmingActionValues)[number];

/** Every value of `CacheWarmingAction`, in the order of the schema. */
export const cacheWarmingActionValues = ['warm', 'stop'] as const;

export interface ProviderRequest {
  readonly payloadJson: string;
}

/** Values of headers that carry keys are empty; setting them has no effect */
export interface ProviderHeaders {
  readonly headers: readonly Header[];
}

export interface Header {
  readonly name: string;
  /** Absent to remove it */
  readonly value?: string | undefined;
}

export interface AfterProviderResponse {
  readonly status: number;
  readonly headers: readonly Header[];
}

export interface ProviderStreamEvent {
  readonly provider: string;
  readonly api: string;
  readonly model: string;
  readonly dataJson: string;
}

export interface BeforeAgentStart {
  /** What the person wrote, or the text of `customMessage` */
  readonly prompt: string;
  /** SHA-256, hexadecimal; the prompt itself is read with getSessionInfo */
  readonly systemPromptDigest: string;
  readonly imageCount: number;
  /** When an extension's message started the run */
  readonly customMessage?: CustomMessage | undefined;
}

export type AgentStart = Readonly<Record<never, never>>;

export interface AgentEnd {
  readonly messageCount: number;
  readonly lastAssistantText?: string | undefined;
  readonly stopReason?: string | undefined;
}

export type Outcome = (typeof outcomeValues)[number];

/** Every value of `Outcome`, in the order of the schema. */
export const outcomeValues = ['completed', 'aborted', 'error'] as const;

export interface AgentBeforeSettle {
  readonly outcome: Outcome;
  readonly entries: readonly EntryDraft[];
  readonly continues: boolean;
}

/** What a boundary adds to the session */
export type EntryDraft =
  | { readonly which: 'custom'; readonly custom: EntryDraftCustom }
  | { readonly which: 'customMessage'; readonly customMessage: CustomMessage }
  | { readonly which: 'contextEdit'; readonly contextEdit: EntryDraftContextEdit }
  | { readonly which: 'compaction'; readonly compaction: EntryDraftCompaction };

export interface EntryDraftCustom {
  readonly customType: string;
  readonly dataJson?: string | undefined;
}

export interface EntryDraftContextEdit {
  readonly targetId: string;
  readonly replacementJson: string;
}

export interface EntryDraftCompaction {
  readonly summary: string;
  readonly firstKeptEntryId?: string | undefined;
  readonly detailsJson?: string | undefined;
  readonly usageJson?: string | undefined;
}

export interface AgentSettled {
  readonly aborted: boolean;
}

export interface UiPrompt {
  readonly kind: UiPromptKind;
  readonly title?: string | undefined;
}

export type UiPromptKind = (typeof uiPromptKindValues)[number];

/** Every value of `UiPromptKind`, in the order of the schema. */
export const uiPromptKindValues = ['select', 'confirm', 'input', 'editor', 'custom'] as const;

export interface TurnStart {
  readonly turnIndex: number;
  readonly atMs: number;
}

export interface TurnEnd {
  readonly turnIndex: number;
  readonly message: Message;
  readonly toolResults: readonly ToolResultSummary[];
  readonly messageEntryId: string;
  readonly toolResultEntryIds: readonly string[];
  readonly outcome: Outcome;
  readonly entries: readonly EntryDraft[];
  readonly continues: boolean;
}

export interface ToolResultSummary {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly isError: boolean;
}

export interface MessageEvent {
  readonly message: Message;
}

/** Deltas only, never the message so far */
export interface MessageUpdate {
  /** pi's assistantMessageEvent: text_delta, thinking_delta, toolcall_delta and others */
  readonly kind: string;
  readonly contentIndex: number;
  readonly delta: string;
}

export interface ToolExecutionStart {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly argsJson: string;
  readonly parentToolCallId?: string | undefined;
}

export interface ToolExecutionUpdate {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly partialResultJson: string;
  readonly parentToolCallId?: string | undefined;
}

export interface ToolExecutionEnd {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly resultJson: string;
  readonly isError: boolean;
  readonly durationMs?: number | undefined;
  readonly parentToolCallId?: string | undefined;
}

export interface ModelSelect {
  readonly model: ModelRef;
  readonly previousModel?: ModelRef | undefined;
  readonly source: ModelSelectSource;
}

export type ModelSelectSource = (typeof modelSelectSourceValues)[number];

/** Every value of `ModelSelectSource`, in the order of the schema. */
export const modelSelectSourceValues = ['set', 'cycle', 'restore'] as const;

export interface ThinkingLevelSelect {
  readonly level: string;
  readonly previousLevel: string;
}

export interface ToolCall {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly inputJson: string;
  /** The tool that runs this one */
  readonly parentToolCallId?: string | undefined;
}

export interface ToolResultEvent {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly inputJson: string;
  readonly content: readonly ContentBlock[];
  readonly detailsJson?: string | undefined;
  readonly structuredContentJson?: string | undefined;
  readonly isError: boolean;
  readonly usageJson?: string | undefined;
  readonly parentToolCallId?: string | undefined;
}

export interface UserBash {
  readonly command: string;
  readonly excludeFromContext: boolean;
  readonly cwd: string;
}

export interface InputEvent {
  readonly text: string;
  readonly images: readonly ContentBlock[];
  readonly source: InputSource;
  /** byDefault when the model is idle */
  readonly streamingBehavior: Delivery;
}

export type InputSource = (typeof inputSourceValues)[number];

/** Every value of `InputSource`, in the order of the schema. */
export const inputSourceValues = ['interactive', 'rpc', 'extension'] as const;

/** `eventKinds` says which arms each event allows; any other is logged and counts as `none` */
export type PiEventResponse =
  | { readonly which: 'none' }
  | {
      /** The extension failed: a gate says no, everything else continues */
      readonly which: 'error';
      readonly error: ApiError;
    }
  | { readonly which: 'blockTool'; readonly blockTool: BlockTool }
  | { readonly which: 'patchToolInput'; readonly patchToolInput: PatchToolInput }
  | { readonly which: 'patchToolResult'; readonly patchToolResult: PatchToolResult }
  | { readonly which: 'cancel'; readonly cancel: CancelAnswer }
  | { readonly which: 'input'; readonly input: InputAnswer }
  | { readonly which: 'beforeAgentStart'; readonly beforeAgentStart: BeforeAgentStartAnswer }
  | { readonly which: 'boundary'; readonly boundary: BoundaryAnswer }
  | { readonly which: 'resources'; readonly resources: ResourcesAnswer }
  | { readonly which: 'userBashResult'; readonly userBashResult: UserBashAnswer }
  | { readonly which: 'compaction'; readonly compaction: CompactionAnswer }
  | { readonly which: 'tree'; readonly tree: TreeAnswer }
  | { readonly which: 'contextMessages'; readonly contextMessages: ContextMessages }
  | { readonly which: 'messageEnd'; readonly messageEnd: MessageEvent }
  | { readonly which: 'headers'; readonly headers: ProviderHeaders }
  | { readonly which: 'providerRequest'; readonly providerRequest: ProviderRequest }
  | { readonly which: 'cacheWarming'; readonly cacheWarming: CacheWarmingAnswer }
  | { readonly which: 'projectTrust'; readonly projectTrust: ProjectTrustAnswer };

export interface BlockTool {
  /** For the model */
  readonly reason: string;
  /** Whether the run ends too */
  readonly terminate: boolean;
}

export interface PatchToolInput {
  /** The whole new input */
  readonly inputJson: string;
}

/** Absent fields stay as they are */
export interface PatchToolResult {
  readonly content?: readonly ContentBlock[] | undefined;
  readonly detailsJson?: string | undefined;
  readonly structuredContentJson?: string | undefined;
  readonly isError?: boolean | undefined;
  readonly usageJson?: string | undefined;
}

export interface CancelAnswer {
  /** Shown to the person */
  readonly reason?: string | undefined;
  /** For a fork only */
  readonly skipConversationRestore: boolean;
}

export type InputAnswer =
  | { readonly which: 'continue' }
  | { readonly which: 'transform'; readonly transform: InputAnswerTransform }
  | {
      /** The bridge has done what the person asked: no run starts */
      readonly which: 'handled';
    };

export interface InputAnswerTransform {
  readonly text: string;
  readonly images?: readonly ContentBlock[] | undefined;
}

export interface BeforeAgentStartAnswer {
  readonly message?: CustomMessage | undefined;
  /** The whole new prompt */
  readonly systemPrompt?: string | undefined;
  /** Added to the end of the prompt, for extensions that haven't read it */
  readonly appendToSystemPrompt?: string | undefined;
}

export interface BoundaryAnswer {
  readonly entries?: readonly EntryDraft[] | undefined;
  readonly continues?: boolean | undefined;
}

export interface ResourcesAnswer {
  readonly skillPaths: readonly string[];
  readonly promptPaths: readonly string[];
  readonly themePaths: readonly string[];
}

export interface UserBashAnswer {
  readonly output: string;
  readonly exitCode?: number | undefined;
  readonly cancelled: boolean;
  readonly truncated: boolean;
  readonly fullOutputPath?: string | undefined;
}

export interface CompactionAnswer {
  readonly summary: string;
  readonly firstKeptEntryId: string;
  readonly tokensBefore: number;
  readonly usageJson?: string | undefined;
  readonly detailsJson?: string | undefined;
}

export interface TreeAnswer {
  readonly summary?: TreeSummary | undefined;
  readonly customInstructions?: string | undefined;
  readonly replaceInstructions?: boolean | undefined;
  readonly label?: string | undefined;
}

export interface TreeSummary {
  readonly summary: string;
  readonly detailsJson?: string | undefined;
  readonly usageJson?: string | undefined;
}

export interface CacheWarmingAnswer {
  readonly action: CacheWarmingAction;
}

export interface ProjectTrustAnswer {
  readonly trusted: TrustDecision;
  readonly remember: boolean;
}

export type TrustDecision = (typeof trustDecisionValues)[number];

/** Every value of `TrustDecision`, in the order of the schema. */
export const trustDecisionValues = ['undecided', 'yes', 'no'] as const;
