// Generated from schema/pi_api.capnp by scripts/capnp.mjs: change the schema, then run it again.
import type { CallOptions } from '../capnp/codec';

export type ErrorCode = (typeof errorCodeValues)[number];

/** Every value of `ErrorCode`, in the order of the schema. */
export const errorCodeValues = [
  'internalError',
  'invalidMessage',
  'frameTooLarge',
  'protocolMismatch',
  'deadlineExceeded',
  'cancelled',
  'disconnected',
  'overloaded',
  'unimplemented',
  'notReady',
  'notFound',
  'invalidInput',
  'denied',
] as const;

export interface ApiError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
}

export type Done = Readonly<Record<never, never>>;

export type EventClass = (typeof eventClassValues)[number];

/** Every value of `EventClass`, in the order of the schema. */
export const eventClassValues = ['gate', 'transform', 'notification'] as const;

export interface EventHeader {
  readonly protocolVersion: number;
  readonly seq: number;
  readonly sessionId: string;
  readonly harness: string;
  readonly correlationId: string;
  readonly deadlineMs: number;
}

export type PiEvent = {
  readonly header: EventHeader;
} & (
  | { readonly which: 'unknown'; readonly unknown: UnknownEvent }
  | { readonly which: 'sessionStart'; readonly sessionStart: SessionStart }
  | { readonly which: 'beforeAgentStart'; readonly beforeAgentStart: BeforeAgentStart }
  | { readonly which: 'agentSettled'; readonly agentSettled: AgentSettled }
  | { readonly which: 'toolCall'; readonly toolCall: ToolCall }
  | { readonly which: 'toolResult'; readonly toolResult: ToolResultEvent }
);

export interface UnknownEvent {
  readonly name: string;
  readonly json: string;
}

export type SessionStartReason = (typeof sessionStartReasonValues)[number];

/** Every value of `SessionStartReason`, in the order of the schema. */
export const sessionStartReasonValues = ['startup', 'reload', 'new', 'resume', 'fork'] as const;

export interface SessionStart {
  readonly reason: SessionStartReason;
  readonly previousSessionFile?: string | undefined;
}

export interface BeforeAgentStart {
  readonly prompt: string;
  readonly systemPromptDigest: string;
}

export interface AgentSettled {
  readonly aborted: boolean;
}

export interface ToolCall {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly inputJson: string;
  readonly parentToolCallId?: string | undefined;
}

export interface ToolResultEvent {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly inputJson: string;
  readonly content: readonly ContentBlock[];
  readonly detailsJson?: string | undefined;
  readonly isError: boolean;
  readonly parentToolCallId?: string | undefined;
}

export type ContentBlock =
  { readonly which: 'text'; readonly text: string } | { readonly which: 'image'; readonly image: ContentBlockImage };

export interface ContentBlockImage {
  readonly mimeType: string;
  readonly data: Uint8Array;
}

export type PiEventResponse =
  | { readonly which: 'none' }
  | { readonly which: 'error'; readonly error: ApiError }
  | { readonly which: 'blockTool'; readonly blockTool: BlockTool }
  | { readonly which: 'patchToolInput'; readonly patchToolInput: PatchToolInput }
  | { readonly which: 'patchToolResult'; readonly patchToolResult: PatchToolResult }
  | { readonly which: 'beforeAgentStart'; readonly beforeAgentStart: BeforeAgentStartPatch };

export interface BlockTool {
  readonly reason: string;
  readonly terminate: boolean;
}

export interface PatchToolInput {
  readonly inputJson: string;
}

export interface PatchToolResult {
  readonly content?: readonly ContentBlock[] | undefined;
  readonly detailsJson?: string | undefined;
  readonly isError?: boolean | undefined;
}

export interface BeforeAgentStartPatch {
  readonly message?: CustomMessage | undefined;
  readonly systemPrompt?: string | undefined;
}

export interface CustomMessage {
  readonly customType: string;
  readonly content: readonly ContentBlock[];
  readonly display: boolean;
  readonly detailsJson?: string | undefined;
}

export interface Attach {
  readonly host: PiHost;
  readonly init: BridgeInit;
}

export interface BridgeInit {
  readonly sessionId: string;
  readonly cwd: string;
}

export interface HostInfo {
  readonly harness: string;
  readonly harnessVersion: string;
  readonly protocolVersion: number;
  readonly capabilities: readonly string[];
}

export interface ExtensionManifest {
  readonly name: string;
  readonly version: string;
  readonly events: readonly EventSubscription[];
}

export interface EventSubscription {
  readonly name: string;
  readonly class: EventClass;
  readonly deadlineMs: number;
}

export interface ToolRequest {
  readonly callId: string;
  readonly toolName: string;
  readonly inputJson: string;
}

export interface ToolResult {
  readonly content: readonly ContentBlock[];
  readonly detailsJson?: string | undefined;
  readonly isError: boolean;
}

export type UiAction =
  | { readonly which: 'confirm'; readonly confirm: UiActionConfirm }
  | { readonly which: 'notify'; readonly notify: UiActionNotify };

export interface UiActionConfirm {
  readonly title: string;
  readonly message: string;
}

export interface UiActionNotify {
  readonly message: string;
  readonly level: NotifyLevel;
}

export type NotifyLevel = (typeof notifyLevelValues)[number];

/** Every value of `NotifyLevel`, in the order of the schema. */
export const notifyLevelValues = ['info', 'warning', 'error'] as const;

export type UiReply =
  | { readonly which: 'done' }
  | { readonly which: 'confirmed'; readonly confirmed: boolean }
  | { readonly which: 'cancelled' };

export interface ActQuestion {
  readonly toolCallId: string;
  readonly sentence: string;
  readonly acts: readonly Act[];
}

export interface Act {
  readonly kind: ActKind;
  readonly path: string;
  readonly target?: string | undefined;
  readonly count: number;
}

export type ActKind = (typeof actKindValues)[number];

/** Every value of `ActKind`, in the order of the schema. */
export const actKindValues = ['delete', 'move', 'rename', 'overwrite', 'network', 'privileged', 'longRunning'] as const;

export interface ActAnswer {
  readonly allowed: boolean;
  readonly reason: string;
}

export interface LogLine {
  readonly level: NotifyLevel;
  readonly message: string;
}

export interface PiExtensionBridge {
  readonly attach: (input: Attach, call?: CallOptions) => Promise<Done>;
  readonly describe: (input: HostInfo, call?: CallOptions) => Promise<ExtensionManifest>;
  readonly handleEvent: (input: PiEvent, call?: CallOptions) => Promise<PiEventResponse>;
  readonly executeTool: (input: ToolRequest, call?: CallOptions) => Promise<ToolResult>;
}

export interface PiHost {
  readonly uiAction: (input: UiAction, call?: CallOptions) => Promise<UiReply>;
  readonly askAct: (input: ActQuestion, call?: CallOptions) => Promise<ActAnswer>;
  readonly log: (input: LogLine, call?: CallOptions) => Promise<Done>;
}
