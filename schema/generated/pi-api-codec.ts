// Generated from schema/pi_api.capnp by scripts/capnp.mjs: change the schema, then run it again.
import type { Struct } from 'capnp-ts';
import { readCapability, writeCapability } from '../capnp/capabilities';
import type { InterfaceDescriptor, StructCodec } from '../capnp/codec';
import * as lists from '../capnp/list-values';
import type { StructView } from '../capnp/message-view';
import * as values from '../capnp/read-values';
import * as to from '../capnp/write-values';
import * as types from './pi-api';

export function readApiError(view: StructView): types.ApiError {
  return {
    code: values.readEnum(view, 0, types.errorCodeValues, 'ErrorCode'),
    message: values.readText(view, 0),
    retryable: values.readBool(view, 16),
  };
}

export function writeApiError(builder: Struct, value: types.ApiError): void {
  to.writeEnum(builder, 0, value.code, types.errorCodeValues, 'ErrorCode');
  to.writeText(builder, 0, value.message);
  to.writeBool(builder, 16, value.retryable);
}

export const apiErrorCodec: StructCodec<types.ApiError> = {
  name: 'ApiError',
  dataBytes: 8,
  pointerCount: 1,
  read: readApiError,
  write: writeApiError,
};

export function readDone(_view: StructView): types.Done {
  return {};
}

export function writeDone(_builder: Struct, _value: types.Done): void {}

export const doneCodec: StructCodec<types.Done> = {
  name: 'Done',
  dataBytes: 0,
  pointerCount: 0,
  read: readDone,
  write: writeDone,
};

function readBoxedBool(view: StructView): { readonly value: boolean } {
  return {
    value: values.readBool(view, 0),
  };
}

function writeBoxedBool(builder: Struct, value: { readonly value: boolean }): void {
  to.writeBool(builder, 0, value.value);
}

const boxedBoolCodec: StructCodec<{ readonly value: boolean }> = {
  name: 'BoxedBool',
  dataBytes: 8,
  pointerCount: 0,
  read: readBoxedBool,
  write: writeBoxedBool,
};

function readBoxedFloat64(view: StructView): { readonly value: number } {
  return {
    value: values.readFloat64(view, 0),
  };
}

function writeBoxedFloat64(builder: Struct, value: { readonly value: number }): void {
  to.writeFloat64(builder, 0, value.value);
}

const boxedFloat64Codec: StructCodec<{ readonly value: number }> = {
  name: 'BoxedFloat64',
  dataBytes: 8,
  pointerCount: 0,
  read: readBoxedFloat64,
  write: writeBoxedFloat64,
};

export function readEventHeader(view: StructView): types.EventHeader {
  return {
    protocolVersion: values.readUint32(view, 0),
    seq: values.readUint32(view, 4),
    sessionId: values.readText(view, 0),
    harness: values.readText(view, 1),
    correlationId: values.readText(view, 2),
    deadlineMs: values.readUint32(view, 8),
  };
}

export function writeEventHeader(builder: Struct, value: types.EventHeader): void {
  to.writeUint32(builder, 0, value.protocolVersion);
  to.writeUint32(builder, 4, value.seq);
  to.writeText(builder, 0, value.sessionId);
  to.writeText(builder, 1, value.harness);
  to.writeText(builder, 2, value.correlationId);
  to.writeUint32(builder, 8, value.deadlineMs);
}

export const eventHeaderCodec: StructCodec<types.EventHeader> = {
  name: 'EventHeader',
  dataBytes: 16,
  pointerCount: 3,
  read: readEventHeader,
  write: writeEventHeader,
};

export function readPiEvent(view: StructView): types.PiEvent {
  const common = {
    header: values.readStruct(view, 0, readEventHeader),
  };
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { ...common, which: 'unknown', unknown: values.readStruct(view, 1, readUnknownEvent) };
    case 1:
      return { ...common, which: 'sessionStart', sessionStart: values.readStruct(view, 1, readSessionStart) };
    case 2:
      return {
        ...common,
        which: 'beforeAgentStart',
        beforeAgentStart: values.readStruct(view, 1, readBeforeAgentStart),
      };
    case 3:
      return { ...common, which: 'agentSettled', agentSettled: values.readStruct(view, 1, readAgentSettled) };
    case 4:
      return { ...common, which: 'toolCall', toolCall: values.readStruct(view, 1, readToolCall) };
    case 5:
      return { ...common, which: 'toolResult', toolResult: values.readStruct(view, 1, readToolResultEvent) };
    default:
      throw values.unknownArm('PiEvent', which);
  }
}

export function writePiEvent(builder: Struct, value: types.PiEvent): void {
  to.writeStruct(builder, 0, eventHeaderCodec, value.header);
  switch (value.which) {
    case 'unknown':
      to.writeUint16(builder, 0, 0);
      to.writeStruct(builder, 1, unknownEventCodec, value.unknown);
      break;
    case 'sessionStart':
      to.writeUint16(builder, 0, 1);
      to.writeStruct(builder, 1, sessionStartCodec, value.sessionStart);
      break;
    case 'beforeAgentStart':
      to.writeUint16(builder, 0, 2);
      to.writeStruct(builder, 1, beforeAgentStartCodec, value.beforeAgentStart);
      break;
    case 'agentSettled':
      to.writeUint16(builder, 0, 3);
      to.writeStruct(builder, 1, agentSettledCodec, value.agentSettled);
      break;
    case 'toolCall':
      to.writeUint16(builder, 0, 4);
      to.writeStruct(builder, 1, toolCallCodec, value.toolCall);
      break;
    case 'toolResult':
      to.writeUint16(builder, 0, 5);
      to.writeStruct(builder, 1, toolResultEventCodec, value.toolResult);
      break;
    default:
      throw to.unknownWhich('PiEvent', value);
  }
}

export const piEventCodec: StructCodec<types.PiEvent> = {
  name: 'PiEvent',
  dataBytes: 8,
  pointerCount: 2,
  read: readPiEvent,
  write: writePiEvent,
};

export function readUnknownEvent(view: StructView): types.UnknownEvent {
  return {
    name: values.readText(view, 0),
    json: values.readText(view, 1),
  };
}

export function writeUnknownEvent(builder: Struct, value: types.UnknownEvent): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.json);
}

export const unknownEventCodec: StructCodec<types.UnknownEvent> = {
  name: 'UnknownEvent',
  dataBytes: 0,
  pointerCount: 2,
  read: readUnknownEvent,
  write: writeUnknownEvent,
};

export function readSessionStart(view: StructView): types.SessionStart {
  return {
    reason: values.readEnum(view, 0, types.sessionStartReasonValues, 'SessionStartReason'),
    previousSessionFile: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
  };
}

export function writeSessionStart(builder: Struct, value: types.SessionStart): void {
  to.writeEnum(builder, 0, value.reason, types.sessionStartReasonValues, 'SessionStartReason');
  if (value.previousSessionFile !== undefined) to.writeText(builder, 0, value.previousSessionFile);
}

export const sessionStartCodec: StructCodec<types.SessionStart> = {
  name: 'SessionStart',
  dataBytes: 8,
  pointerCount: 1,
  read: readSessionStart,
  write: writeSessionStart,
};

export function readBeforeAgentStart(view: StructView): types.BeforeAgentStart {
  return {
    prompt: values.readText(view, 0),
    systemPromptDigest: values.readText(view, 1),
  };
}

export function writeBeforeAgentStart(builder: Struct, value: types.BeforeAgentStart): void {
  to.writeText(builder, 0, value.prompt);
  to.writeText(builder, 1, value.systemPromptDigest);
}

export const beforeAgentStartCodec: StructCodec<types.BeforeAgentStart> = {
  name: 'BeforeAgentStart',
  dataBytes: 0,
  pointerCount: 2,
  read: readBeforeAgentStart,
  write: writeBeforeAgentStart,
};

export function readAgentSettled(view: StructView): types.AgentSettled {
  return {
    aborted: values.readBool(view, 0),
  };
}

export function writeAgentSettled(builder: Struct, value: types.AgentSettled): void {
  to.writeBool(builder, 0, value.aborted);
}

export const agentSettledCodec: StructCodec<types.AgentSettled> = {
  name: 'AgentSettled',
  dataBytes: 8,
  pointerCount: 0,
  read: readAgentSettled,
  write: writeAgentSettled,
};

export function readToolCall(view: StructView): types.ToolCall {
  return {
    toolCallId: values.readText(view, 0),
    toolName: values.readText(view, 1),
    inputJson: values.readText(view, 2),
    parentToolCallId: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

export function writeToolCall(builder: Struct, value: types.ToolCall): void {
  to.writeText(builder, 0, value.toolCallId);
  to.writeText(builder, 1, value.toolName);
  to.writeText(builder, 2, value.inputJson);
  if (value.parentToolCallId !== undefined) to.writeText(builder, 3, value.parentToolCallId);
}

export const toolCallCodec: StructCodec<types.ToolCall> = {
  name: 'ToolCall',
  dataBytes: 0,
  pointerCount: 4,
  read: readToolCall,
  write: writeToolCall,
};

export function readToolResultEvent(view: StructView): types.ToolResultEvent {
  return {
    toolCallId: values.readText(view, 0),
    toolName: values.readText(view, 1),
    inputJson: values.readText(view, 2),
    content: lists.readList(view, 3, lists.structs(contentBlockCodec)),
    detailsJson: values.hasPointer(view, 4) ? values.readText(view, 4) : undefined,
    isError: values.readBool(view, 0),
    parentToolCallId: values.hasPointer(view, 5) ? values.readText(view, 5) : undefined,
  };
}

export function writeToolResultEvent(builder: Struct, value: types.ToolResultEvent): void {
  to.writeText(builder, 0, value.toolCallId);
  to.writeText(builder, 1, value.toolName);
  to.writeText(builder, 2, value.inputJson);
  lists.writeList(builder, 3, lists.structs(contentBlockCodec), value.content);
  if (value.detailsJson !== undefined) to.writeText(builder, 4, value.detailsJson);
  to.writeBool(builder, 0, value.isError);
  if (value.parentToolCallId !== undefined) to.writeText(builder, 5, value.parentToolCallId);
}

export const toolResultEventCodec: StructCodec<types.ToolResultEvent> = {
  name: 'ToolResultEvent',
  dataBytes: 8,
  pointerCount: 6,
  read: readToolResultEvent,
  write: writeToolResultEvent,
};

export function readContentBlock(view: StructView): types.ContentBlock {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'text', text: values.readText(view, 0) };
    case 1:
      return { which: 'image', image: readContentBlockImage(view) };
    default:
      throw values.unknownArm('ContentBlock', which);
  }
}

export function writeContentBlock(builder: Struct, value: types.ContentBlock): void {
  switch (value.which) {
    case 'text':
      to.writeUint16(builder, 0, 0);
      to.writeText(builder, 0, value.text);
      break;
    case 'image':
      to.writeUint16(builder, 0, 1);
      writeContentBlockImage(builder, value.image);
      break;
    default:
      throw to.unknownWhich('ContentBlock', value);
  }
}

export const contentBlockCodec: StructCodec<types.ContentBlock> = {
  name: 'ContentBlock',
  dataBytes: 8,
  pointerCount: 2,
  read: readContentBlock,
  write: writeContentBlock,
};

function readContentBlockImage(view: StructView): types.ContentBlockImage {
  return {
    mimeType: values.readText(view, 0),
    data: values.readData(view, 1),
  };
}

function writeContentBlockImage(builder: Struct, value: types.ContentBlockImage): void {
  to.writeText(builder, 0, value.mimeType);
  to.writeData(builder, 1, value.data);
}

export function readPiEventResponse(view: StructView): types.PiEventResponse {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'none' };
    case 1:
      return { which: 'error', error: values.readStruct(view, 0, readApiError) };
    case 2:
      return { which: 'blockTool', blockTool: values.readStruct(view, 0, readBlockTool) };
    case 3:
      return { which: 'patchToolInput', patchToolInput: values.readStruct(view, 0, readPatchToolInput) };
    case 4:
      return { which: 'patchToolResult', patchToolResult: values.readStruct(view, 0, readPatchToolResult) };
    case 5:
      return { which: 'beforeAgentStart', beforeAgentStart: values.readStruct(view, 0, readBeforeAgentStartPatch) };
    default:
      throw values.unknownArm('PiEventResponse', which);
  }
}

export function writePiEventResponse(builder: Struct, value: types.PiEventResponse): void {
  switch (value.which) {
    case 'none':
      to.writeUint16(builder, 0, 0);
      break;
    case 'error':
      to.writeUint16(builder, 0, 1);
      to.writeStruct(builder, 0, apiErrorCodec, value.error);
      break;
    case 'blockTool':
      to.writeUint16(builder, 0, 2);
      to.writeStruct(builder, 0, blockToolCodec, value.blockTool);
      break;
    case 'patchToolInput':
      to.writeUint16(builder, 0, 3);
      to.writeStruct(builder, 0, patchToolInputCodec, value.patchToolInput);
      break;
    case 'patchToolResult':
      to.writeUint16(builder, 0, 4);
      to.writeStruct(builder, 0, patchToolResultCodec, value.patchToolResult);
      break;
    case 'beforeAgentStart':
      to.writeUint16(builder, 0, 5);
      to.writeStruct(builder, 0, beforeAgentStartPatchCodec, value.beforeAgentStart);
      break;
    default:
      throw to.unknownWhich('PiEventResponse', value);
  }
}

export const piEventResponseCodec: StructCodec<types.PiEventResponse> = {
  name: 'PiEventResponse',
  dataBytes: 8,
  pointerCount: 1,
  read: readPiEventResponse,
  write: writePiEventResponse,
};

export function readBlockTool(view: StructView): types.BlockTool {
  return {
    reason: values.readText(view, 0),
    terminate: values.readBool(view, 0),
  };
}

export function writeBlockTool(builder: Struct, value: types.BlockTool): void {
  to.writeText(builder, 0, value.reason);
  to.writeBool(builder, 0, value.terminate);
}

export const blockToolCodec: StructCodec<types.BlockTool> = {
  name: 'BlockTool',
  dataBytes: 8,
  pointerCount: 1,
  read: readBlockTool,
  write: writeBlockTool,
};

export function readPatchToolInput(view: StructView): types.PatchToolInput {
  return {
    inputJson: values.readText(view, 0),
  };
}

export function writePatchToolInput(builder: Struct, value: types.PatchToolInput): void {
  to.writeText(builder, 0, value.inputJson);
}

export const patchToolInputCodec: StructCodec<types.PatchToolInput> = {
  name: 'PatchToolInput',
  dataBytes: 0,
  pointerCount: 1,
  read: readPatchToolInput,
  write: writePatchToolInput,
};

export function readPatchToolResult(view: StructView): types.PatchToolResult {
  return {
    content: values.hasPointer(view, 0) ? lists.readList(view, 0, lists.structs(contentBlockCodec)) : undefined,
    detailsJson: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    isError: values.hasPointer(view, 2) ? values.readStruct(view, 2, readBoxedBool).value : undefined,
  };
}

export function writePatchToolResult(builder: Struct, value: types.PatchToolResult): void {
  if (value.content !== undefined) lists.writeList(builder, 0, lists.structs(contentBlockCodec), value.content);
  if (value.detailsJson !== undefined) to.writeText(builder, 1, value.detailsJson);
  if (value.isError !== undefined) to.writeStruct(builder, 2, boxedBoolCodec, { value: value.isError });
}

export const patchToolResultCodec: StructCodec<types.PatchToolResult> = {
  name: 'PatchToolResult',
  dataBytes: 0,
  pointerCount: 3,
  read: readPatchToolResult,
  write: writePatchToolResult,
};

export function readBeforeAgentStartPatch(view: StructView): types.BeforeAgentStartPatch {
  return {
    message: values.hasPointer(view, 0) ? values.readStruct(view, 0, readCustomMessage) : undefined,
    systemPrompt: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
  };
}

export function writeBeforeAgentStartPatch(builder: Struct, value: types.BeforeAgentStartPatch): void {
  if (value.message !== undefined) to.writeStruct(builder, 0, customMessageCodec, value.message);
  if (value.systemPrompt !== undefined) to.writeText(builder, 1, value.systemPrompt);
}

export const beforeAgentStartPatchCodec: StructCodec<types.BeforeAgentStartPatch> = {
  name: 'BeforeAgentStartPatch',
  dataBytes: 0,
  pointerCount: 2,
  read: readBeforeAgentStartPatch,
  write: writeBeforeAgentStartPatch,
};

export function readCustomMessage(view: StructView): types.CustomMessage {
  return {
    customType: values.readText(view, 0),
    content: lists.readList(view, 1, lists.structs(contentBlockCodec)),
    display: values.readBool(view, 0),
    detailsJson: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

export function writeCustomMessage(builder: Struct, value: types.CustomMessage): void {
  to.writeText(builder, 0, value.customType);
  lists.writeList(builder, 1, lists.structs(contentBlockCodec), value.content);
  to.writeBool(builder, 0, value.display);
  if (value.detailsJson !== undefined) to.writeText(builder, 2, value.detailsJson);
}

export const customMessageCodec: StructCodec<types.CustomMessage> = {
  name: 'CustomMessage',
  dataBytes: 8,
  pointerCount: 3,
  read: readCustomMessage,
  write: writeCustomMessage,
};

export function readAttach(view: StructView): types.Attach {
  return {
    host: readCapability(view, 0, piHostInterface),
    init: values.readStruct(view, 1, readBridgeInit),
  };
}

export function writeAttach(builder: Struct, value: types.Attach): void {
  writeCapability(builder, 0, piHostInterface, value.host);
  to.writeStruct(builder, 1, bridgeInitCodec, value.init);
}

export const attachCodec: StructCodec<types.Attach> = {
  name: 'Attach',
  dataBytes: 0,
  pointerCount: 2,
  read: readAttach,
  write: writeAttach,
};

export function readBridgeInit(view: StructView): types.BridgeInit {
  return {
    sessionId: values.readText(view, 0),
    cwd: values.readText(view, 1),
  };
}

export function writeBridgeInit(builder: Struct, value: types.BridgeInit): void {
  to.writeText(builder, 0, value.sessionId);
  to.writeText(builder, 1, value.cwd);
}

export const bridgeInitCodec: StructCodec<types.BridgeInit> = {
  name: 'BridgeInit',
  dataBytes: 0,
  pointerCount: 2,
  read: readBridgeInit,
  write: writeBridgeInit,
};

export function readHostInfo(view: StructView): types.HostInfo {
  return {
    harness: values.readText(view, 0),
    harnessVersion: values.readText(view, 1),
    protocolVersion: values.readUint32(view, 0),
    capabilities: lists.readList(view, 2, lists.texts),
  };
}

export function writeHostInfo(builder: Struct, value: types.HostInfo): void {
  to.writeText(builder, 0, value.harness);
  to.writeText(builder, 1, value.harnessVersion);
  to.writeUint32(builder, 0, value.protocolVersion);
  lists.writeList(builder, 2, lists.texts, value.capabilities);
}

export const hostInfoCodec: StructCodec<types.HostInfo> = {
  name: 'HostInfo',
  dataBytes: 8,
  pointerCount: 3,
  read: readHostInfo,
  write: writeHostInfo,
};

export function readExtensionManifest(view: StructView): types.ExtensionManifest {
  return {
    name: values.readText(view, 0),
    version: values.readText(view, 1),
    events: lists.readList(view, 2, lists.structs(eventSubscriptionCodec)),
  };
}

export function writeExtensionManifest(builder: Struct, value: types.ExtensionManifest): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.version);
  lists.writeList(builder, 2, lists.structs(eventSubscriptionCodec), value.events);
}

export const extensionManifestCodec: StructCodec<types.ExtensionManifest> = {
  name: 'ExtensionManifest',
  dataBytes: 0,
  pointerCount: 3,
  read: readExtensionManifest,
  write: writeExtensionManifest,
};

export function readEventSubscription(view: StructView): types.EventSubscription {
  return {
    name: values.readText(view, 0),
    class: values.readEnum(view, 0, types.eventClassValues, 'EventClass'),
    deadlineMs: values.readUint32(view, 4),
  };
}

export function writeEventSubscription(builder: Struct, value: types.EventSubscription): void {
  to.writeText(builder, 0, value.name);
  to.writeEnum(builder, 0, value.class, types.eventClassValues, 'EventClass');
  to.writeUint32(builder, 4, value.deadlineMs);
}

export const eventSubscriptionCodec: StructCodec<types.EventSubscription> = {
  name: 'EventSubscription',
  dataBytes: 8,
  pointerCount: 1,
  read: readEventSubscription,
  write: writeEventSubscription,
};

export function readToolRequest(view: StructView): types.ToolRequest {
  return {
    callId: values.readText(view, 0),
    toolName: values.readText(view, 1),
    inputJson: values.readText(view, 2),
  };
}

export function writeToolRequest(builder: Struct, value: types.ToolRequest): void {
  to.writeText(builder, 0, value.callId);
  to.writeText(builder, 1, value.toolName);
  to.writeText(builder, 2, value.inputJson);
}

export const toolRequestCodec: StructCodec<types.ToolRequest> = {
  name: 'ToolRequest',
  dataBytes: 0,
  pointerCount: 3,
  read: readToolRequest,
  write: writeToolRequest,
};

export function readToolResult(view: StructView): types.ToolResult {
  return {
    content: lists.readList(view, 0, lists.structs(contentBlockCodec)),
    detailsJson: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    isError: values.readBool(view, 0),
  };
}

export function writeToolResult(builder: Struct, value: types.ToolResult): void {
  lists.writeList(builder, 0, lists.structs(contentBlockCodec), value.content);
  if (value.detailsJson !== undefined) to.writeText(builder, 1, value.detailsJson);
  to.writeBool(builder, 0, value.isError);
}

export const toolResultCodec: StructCodec<types.ToolResult> = {
  name: 'ToolResult',
  dataBytes: 8,
  pointerCount: 2,
  read: readToolResult,
  write: writeToolResult,
};

export function readUiAction(view: StructView): types.UiAction {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'confirm', confirm: readUiActionConfirm(view) };
    case 1:
      return { which: 'notify', notify: readUiActionNotify(view) };
    default:
      throw values.unknownArm('UiAction', which);
  }
}

export function writeUiAction(builder: Struct, value: types.UiAction): void {
  switch (value.which) {
    case 'confirm':
      to.writeUint16(builder, 0, 0);
      writeUiActionConfirm(builder, value.confirm);
      break;
    case 'notify':
      to.writeUint16(builder, 0, 1);
      writeUiActionNotify(builder, value.notify);
      break;
    default:
      throw to.unknownWhich('UiAction', value);
  }
}

export const uiActionCodec: StructCodec<types.UiAction> = {
  name: 'UiAction',
  dataBytes: 8,
  pointerCount: 2,
  read: readUiAction,
  write: writeUiAction,
};

function readUiActionConfirm(view: StructView): types.UiActionConfirm {
  return {
    title: values.readText(view, 0),
    message: values.readText(view, 1),
  };
}

function writeUiActionConfirm(builder: Struct, value: types.UiActionConfirm): void {
  to.writeText(builder, 0, value.title);
  to.writeText(builder, 1, value.message);
}

function readUiActionNotify(view: StructView): types.UiActionNotify {
  return {
    message: values.readText(view, 0),
    level: values.readEnum(view, 2, types.notifyLevelValues, 'NotifyLevel'),
  };
}

function writeUiActionNotify(builder: Struct, value: types.UiActionNotify): void {
  to.writeText(builder, 0, value.message);
  to.writeEnum(builder, 2, value.level, types.notifyLevelValues, 'NotifyLevel');
}

export function readUiReply(view: StructView): types.UiReply {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'done' };
    case 1:
      return { which: 'confirmed', confirmed: values.readBool(view, 16) };
    case 2:
      return { which: 'cancelled' };
    default:
      throw values.unknownArm('UiReply', which);
  }
}

export function writeUiReply(builder: Struct, value: types.UiReply): void {
  switch (value.which) {
    case 'done':
      to.writeUint16(builder, 0, 0);
      break;
    case 'confirmed':
      to.writeUint16(builder, 0, 1);
      to.writeBool(builder, 16, value.confirmed);
      break;
    case 'cancelled':
      to.writeUint16(builder, 0, 2);
      break;
    default:
      throw to.unknownWhich('UiReply', value);
  }
}

export const uiReplyCodec: StructCodec<types.UiReply> = {
  name: 'UiReply',
  dataBytes: 8,
  pointerCount: 0,
  read: readUiReply,
  write: writeUiReply,
};

export function readActQuestion(view: StructView): types.ActQuestion {
  return {
    toolCallId: values.readText(view, 0),
    sentence: values.readText(view, 1),
    acts: lists.readList(view, 2, lists.structs(actCodec)),
  };
}

export function writeActQuestion(builder: Struct, value: types.ActQuestion): void {
  to.writeText(builder, 0, value.toolCallId);
  to.writeText(builder, 1, value.sentence);
  lists.writeList(builder, 2, lists.structs(actCodec), value.acts);
}

export const actQuestionCodec: StructCodec<types.ActQuestion> = {
  name: 'ActQuestion',
  dataBytes: 0,
  pointerCount: 3,
  read: readActQuestion,
  write: writeActQuestion,
};

export function readAct(view: StructView): types.Act {
  return {
    kind: values.readEnum(view, 0, types.actKindValues, 'ActKind'),
    path: values.readText(view, 0),
    target: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    count: values.readUint32(view, 4, 1),
  };
}

export function writeAct(builder: Struct, value: types.Act): void {
  to.writeEnum(builder, 0, value.kind, types.actKindValues, 'ActKind');
  to.writeText(builder, 0, value.path);
  if (value.target !== undefined) to.writeText(builder, 1, value.target);
  to.writeUint32(builder, 4, value.count, 1);
}

export const actCodec: StructCodec<types.Act> = {
  name: 'Act',
  dataBytes: 8,
  pointerCount: 2,
  read: readAct,
  write: writeAct,
};

export function readActAnswer(view: StructView): types.ActAnswer {
  return {
    allowed: values.readBool(view, 0),
    reason: values.readText(view, 0),
  };
}

export function writeActAnswer(builder: Struct, value: types.ActAnswer): void {
  to.writeBool(builder, 0, value.allowed);
  to.writeText(builder, 0, value.reason);
}

export const actAnswerCodec: StructCodec<types.ActAnswer> = {
  name: 'ActAnswer',
  dataBytes: 8,
  pointerCount: 1,
  read: readActAnswer,
  write: writeActAnswer,
};

export function readLogLine(view: StructView): types.LogLine {
  return {
    level: values.readEnum(view, 0, types.notifyLevelValues, 'NotifyLevel'),
    message: values.readText(view, 0),
  };
}

export function writeLogLine(builder: Struct, value: types.LogLine): void {
  to.writeEnum(builder, 0, value.level, types.notifyLevelValues, 'NotifyLevel');
  to.writeText(builder, 0, value.message);
}

export const logLineCodec: StructCodec<types.LogLine> = {
  name: 'LogLine',
  dataBytes: 8,
  pointerCount: 1,
  read: readLogLine,
  write: writeLogLine,
};

export const piExtensionBridgeInterface: InterfaceDescriptor<types.PiExtensionBridge> = {
  id: 0xee52b252ff1bd4f8n,
  name: 'PiExtensionBridge',
  methods: [
    { ordinal: 0, name: 'attach', input: attachCodec, output: doneCodec },
    { ordinal: 1, name: 'describe', input: hostInfoCodec, output: extensionManifestCodec },
    { ordinal: 2, name: 'handleEvent', input: piEventCodec, output: piEventResponseCodec },
    { ordinal: 3, name: 'executeTool', input: toolRequestCodec, output: toolResultCodec },
  ],
};

export const piHostInterface: InterfaceDescriptor<types.PiHost> = {
  id: 0xfae4ac1036f820efn,
  name: 'PiHost',
  methods: [
    { ordinal: 0, name: 'uiAction', deadlineMs: 0, input: uiActionCodec, output: uiReplyCodec },
    { ordinal: 1, name: 'askAct', deadlineMs: 0, input: actQuestionCodec, output: actAnswerCodec },
    { ordinal: 2, name: 'log', input: logLineCodec, output: doneCodec },
  ],
};
