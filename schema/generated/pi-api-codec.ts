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

function readBoxedUInt32(view: StructView): { readonly value: number } {
  return {
    value: values.readUint32(view, 0),
  };
}

function writeBoxedUInt32(builder: Struct, value: { readonly value: number }): void {
  to.writeUint32(builder, 0, value.value);
}

const boxedUInt32Codec: StructCodec<{ readonly value: number }> = {
  name: 'BoxedUInt32',
  dataBytes: 8,
  pointerCount: 0,
  read: readBoxedUInt32,
  write: writeBoxedUInt32,
};

function readBoxedInt32(view: StructView): { readonly value: number } {
  return {
    value: values.readInt32(view, 0),
  };
}

function writeBoxedInt32(builder: Struct, value: { readonly value: number }): void {
  to.writeInt32(builder, 0, value.value);
}

const boxedInt32Codec: StructCodec<{ readonly value: number }> = {
  name: 'BoxedInt32',
  dataBytes: 8,
  pointerCount: 0,
  read: readBoxedInt32,
  write: writeBoxedInt32,
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
    folders: values.readStruct(view, 2, readFolders),
    limits: values.readStruct(view, 3, readLimits),
    behaviourDigest: values.hasPointer(view, 4) ? values.readText(view, 4) : undefined,
    behaviourFiles: lists.readList(view, 5, lists.structs(behaviourFileCodec)),
    settings: lists.readList(view, 6, lists.structs(settingCodec)),
    stateFolder: values.hasPointer(view, 7) ? values.readText(view, 7) : undefined,
  };
}

export function writeBridgeInit(builder: Struct, value: types.BridgeInit): void {
  to.writeText(builder, 0, value.sessionId);
  to.writeText(builder, 1, value.cwd);
  to.writeStruct(builder, 2, foldersCodec, value.folders);
  to.writeStruct(builder, 3, limitsCodec, value.limits);
  if (value.behaviourDigest !== undefined) to.writeText(builder, 4, value.behaviourDigest);
  lists.writeList(builder, 5, lists.structs(behaviourFileCodec), value.behaviourFiles);
  lists.writeList(builder, 6, lists.structs(settingCodec), value.settings);
  if (value.stateFolder !== undefined) to.writeText(builder, 7, value.stateFolder);
}

export const bridgeInitCodec: StructCodec<types.BridgeInit> = {
  name: 'BridgeInit',
  dataBytes: 0,
  pointerCount: 8,
  read: readBridgeInit,
  write: writeBridgeInit,
};

export function readFolders(view: StructView): types.Folders {
  return {
    work: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
    outputs: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    uploads: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    home: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

export function writeFolders(builder: Struct, value: types.Folders): void {
  if (value.work !== undefined) to.writeText(builder, 0, value.work);
  if (value.outputs !== undefined) to.writeText(builder, 1, value.outputs);
  if (value.uploads !== undefined) to.writeText(builder, 2, value.uploads);
  if (value.home !== undefined) to.writeText(builder, 3, value.home);
}

export const foldersCodec: StructCodec<types.Folders> = {
  name: 'Folders',
  dataBytes: 0,
  pointerCount: 4,
  read: readFolders,
  write: writeFolders,
};

export function readLimits(view: StructView): types.Limits {
  return {
    eventMs: values.readUint32(view, 0, 30000),
    toolMs: values.readUint32(view, 4, 600000),
    maximumCallsUnderWay: values.readUint32(view, 8, 256),
    maximumFrameBytes: values.readUint32(view, 12, 8388608),
  };
}

export function writeLimits(builder: Struct, value: types.Limits): void {
  to.writeUint32(builder, 0, value.eventMs, 30000);
  to.writeUint32(builder, 4, value.toolMs, 600000);
  to.writeUint32(builder, 8, value.maximumCallsUnderWay, 256);
  to.writeUint32(builder, 12, value.maximumFrameBytes, 8388608);
}

export const limitsCodec: StructCodec<types.Limits> = {
  name: 'Limits',
  dataBytes: 16,
  pointerCount: 0,
  read: readLimits,
  write: writeLimits,
};

export function readBehaviourFile(view: StructView): types.BehaviourFile {
  return {
    name: values.readText(view, 0),
    text: values.readText(view, 1),
  };
}

export function writeBehaviourFile(builder: Struct, value: types.BehaviourFile): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.text);
}

export const behaviourFileCodec: StructCodec<types.BehaviourFile> = {
  name: 'BehaviourFile',
  dataBytes: 0,
  pointerCount: 2,
  read: readBehaviourFile,
  write: writeBehaviourFile,
};

export function readSetting(view: StructView): types.Setting {
  return {
    name: values.readText(view, 0),
    value: values.readText(view, 1),
  };
}

export function writeSetting(builder: Struct, value: types.Setting): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.value);
}

export const settingCodec: StructCodec<types.Setting> = {
  name: 'Setting',
  dataBytes: 0,
  pointerCount: 2,
  read: readSetting,
  write: writeSetting,
};

export function readHostInfo(view: StructView): types.HostInfo {
  return {
    protocolVersion: values.readUint32(view, 0, 1),
    harness: values.readText(view, 0),
    harnessVersion: values.readText(view, 1),
    mode: values.readText(view, 2),
    hasUi: values.readBool(view, 32),
    capabilities: lists.readList(view, 3, lists.texts),
  };
}

export function writeHostInfo(builder: Struct, value: types.HostInfo): void {
  to.writeUint32(builder, 0, value.protocolVersion, 1);
  to.writeText(builder, 0, value.harness);
  to.writeText(builder, 1, value.harnessVersion);
  to.writeText(builder, 2, value.mode);
  to.writeBool(builder, 32, value.hasUi);
  lists.writeList(builder, 3, lists.texts, value.capabilities);
}

export const hostInfoCodec: StructCodec<types.HostInfo> = {
  name: 'HostInfo',
  dataBytes: 8,
  pointerCount: 4,
  read: readHostInfo,
  write: writeHostInfo,
};

export function readHostCapability(view: StructView): types.HostCapability {
  return {
    name: values.readText(view, 0),
    meaning: values.readText(view, 1),
  };
}

export function writeHostCapability(builder: Struct, value: types.HostCapability): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.meaning);
}

export const hostCapabilityCodec: StructCodec<types.HostCapability> = {
  name: 'HostCapability',
  dataBytes: 0,
  pointerCount: 2,
  read: readHostCapability,
  write: writeHostCapability,
};

export function readExtensionManifest(view: StructView): types.ExtensionManifest {
  return {
    protocolVersion: values.readUint32(view, 0, 1),
    name: values.readText(view, 0),
    version: values.readText(view, 1),
    description: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    behaviourDigest: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
    tools: lists.readList(view, 4, lists.structs(toolDefinitionCodec)),
    commands: lists.readList(view, 5, lists.structs(commandDefinitionCodec)),
    shortcuts: lists.readList(view, 6, lists.structs(shortcutDefinitionCodec)),
    flags: lists.readList(view, 7, lists.structs(flagDefinitionCodec)),
    events: lists.readList(view, 8, lists.structs(eventSubscriptionCodec)),
    needs: lists.readList(view, 9, lists.texts),
  };
}

export function writeExtensionManifest(builder: Struct, value: types.ExtensionManifest): void {
  to.writeUint32(builder, 0, value.protocolVersion, 1);
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.version);
  if (value.description !== undefined) to.writeText(builder, 2, value.description);
  if (value.behaviourDigest !== undefined) to.writeText(builder, 3, value.behaviourDigest);
  lists.writeList(builder, 4, lists.structs(toolDefinitionCodec), value.tools);
  lists.writeList(builder, 5, lists.structs(commandDefinitionCodec), value.commands);
  lists.writeList(builder, 6, lists.structs(shortcutDefinitionCodec), value.shortcuts);
  lists.writeList(builder, 7, lists.structs(flagDefinitionCodec), value.flags);
  lists.writeList(builder, 8, lists.structs(eventSubscriptionCodec), value.events);
  lists.writeList(builder, 9, lists.texts, value.needs);
}

export const extensionManifestCodec: StructCodec<types.ExtensionManifest> = {
  name: 'ExtensionManifest',
  dataBytes: 8,
  pointerCount: 10,
  read: readExtensionManifest,
  write: writeExtensionManifest,
};

export function readEventSubscription(view: StructView): types.EventSubscription {
  return {
    name: values.readText(view, 0),
    class: values.readEnum(view, 0, types.eventClassValues, 'EventClass'),
    deadlineMs: values.readUint32(view, 4),
    toolNames: lists.readList(view, 1, lists.texts),
  };
}

export function writeEventSubscription(builder: Struct, value: types.EventSubscription): void {
  to.writeText(builder, 0, value.name);
  to.writeEnum(builder, 0, value.class, types.eventClassValues, 'EventClass');
  to.writeUint32(builder, 4, value.deadlineMs);
  lists.writeList(builder, 1, lists.texts, value.toolNames);
}

export const eventSubscriptionCodec: StructCodec<types.EventSubscription> = {
  name: 'EventSubscription',
  dataBytes: 8,
  pointerCount: 2,
  read: readEventSubscription,
  write: writeEventSubscription,
};

export function readToolDefinition(view: StructView): types.ToolDefinition {
  return {
    name: values.readText(view, 0),
    label: values.readText(view, 1),
    description: values.readText(view, 2),
    promptSnippet: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
    promptGuidelines: lists.readList(view, 4, lists.texts),
    parametersJson: values.readText(view, 5),
    outputSchemaJson: values.hasPointer(view, 6) ? values.readText(view, 6) : undefined,
    constrainedSamplingJson: values.hasPointer(view, 7) ? values.readText(view, 7) : undefined,
    exposure: values.readEnum(view, 0, types.toolExposureValues, 'ToolExposure'),
    namespace: values.hasPointer(view, 8) ? values.readStruct(view, 8, readToolNamespace) : undefined,
    annotations: values.hasPointer(view, 9) ? values.readStruct(view, 9, readToolAnnotations) : undefined,
    defaultActive: values.hasPointer(view, 10) ? values.readStruct(view, 10, readBoxedBool).value : undefined,
    executionMode: values.readEnum(view, 2, types.executionModeValues, 'ExecutionMode'),
    reachesTools: values.hasPointer(view, 11) ? lists.readList(view, 11, lists.texts) : undefined,
    deadlineMs: values.readUint32(view, 4),
  };
}

export function writeToolDefinition(builder: Struct, value: types.ToolDefinition): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.label);
  to.writeText(builder, 2, value.description);
  if (value.promptSnippet !== undefined) to.writeText(builder, 3, value.promptSnippet);
  lists.writeList(builder, 4, lists.texts, value.promptGuidelines);
  to.writeText(builder, 5, value.parametersJson);
  if (value.outputSchemaJson !== undefined) to.writeText(builder, 6, value.outputSchemaJson);
  if (value.constrainedSamplingJson !== undefined) to.writeText(builder, 7, value.constrainedSamplingJson);
  to.writeEnum(builder, 0, value.exposure, types.toolExposureValues, 'ToolExposure');
  if (value.namespace !== undefined) to.writeStruct(builder, 8, toolNamespaceCodec, value.namespace);
  if (value.annotations !== undefined) to.writeStruct(builder, 9, toolAnnotationsCodec, value.annotations);
  if (value.defaultActive !== undefined) to.writeStruct(builder, 10, boxedBoolCodec, { value: value.defaultActive });
  to.writeEnum(builder, 2, value.executionMode, types.executionModeValues, 'ExecutionMode');
  if (value.reachesTools !== undefined) lists.writeList(builder, 11, lists.texts, value.reachesTools);
  to.writeUint32(builder, 4, value.deadlineMs);
}

export const toolDefinitionCodec: StructCodec<types.ToolDefinition> = {
  name: 'ToolDefinition',
  dataBytes: 8,
  pointerCount: 12,
  read: readToolDefinition,
  write: writeToolDefinition,
};

export function readToolNamespace(view: StructView): types.ToolNamespace {
  return {
    name: values.readText(view, 0),
    aliases: lists.readList(view, 1, lists.texts),
    description: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    instructions: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

export function writeToolNamespace(builder: Struct, value: types.ToolNamespace): void {
  to.writeText(builder, 0, value.name);
  lists.writeList(builder, 1, lists.texts, value.aliases);
  if (value.description !== undefined) to.writeText(builder, 2, value.description);
  if (value.instructions !== undefined) to.writeText(builder, 3, value.instructions);
}

export const toolNamespaceCodec: StructCodec<types.ToolNamespace> = {
  name: 'ToolNamespace',
  dataBytes: 0,
  pointerCount: 4,
  read: readToolNamespace,
  write: writeToolNamespace,
};

export function readToolAnnotations(view: StructView): types.ToolAnnotations {
  return {
    readOnlyHint: values.hasPointer(view, 0) ? values.readStruct(view, 0, readBoxedBool).value : undefined,
    destructiveHint: values.hasPointer(view, 1) ? values.readStruct(view, 1, readBoxedBool).value : undefined,
    idempotentHint: values.hasPointer(view, 2) ? values.readStruct(view, 2, readBoxedBool).value : undefined,
    openWorldHint: values.hasPointer(view, 3) ? values.readStruct(view, 3, readBoxedBool).value : undefined,
  };
}

export function writeToolAnnotations(builder: Struct, value: types.ToolAnnotations): void {
  if (value.readOnlyHint !== undefined) to.writeStruct(builder, 0, boxedBoolCodec, { value: value.readOnlyHint });
  if (value.destructiveHint !== undefined) to.writeStruct(builder, 1, boxedBoolCodec, { value: value.destructiveHint });
  if (value.idempotentHint !== undefined) to.writeStruct(builder, 2, boxedBoolCodec, { value: value.idempotentHint });
  if (value.openWorldHint !== undefined) to.writeStruct(builder, 3, boxedBoolCodec, { value: value.openWorldHint });
}

export const toolAnnotationsCodec: StructCodec<types.ToolAnnotations> = {
  name: 'ToolAnnotations',
  dataBytes: 0,
  pointerCount: 4,
  read: readToolAnnotations,
  write: writeToolAnnotations,
};

export function readCommandDefinition(view: StructView): types.CommandDefinition {
  return {
    name: values.readText(view, 0),
    description: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    completesArguments: values.readBool(view, 0),
  };
}

export function writeCommandDefinition(builder: Struct, value: types.CommandDefinition): void {
  to.writeText(builder, 0, value.name);
  if (value.description !== undefined) to.writeText(builder, 1, value.description);
  to.writeBool(builder, 0, value.completesArguments);
}

export const commandDefinitionCodec: StructCodec<types.CommandDefinition> = {
  name: 'CommandDefinition',
  dataBytes: 8,
  pointerCount: 2,
  read: readCommandDefinition,
  write: writeCommandDefinition,
};

export function readShortcutDefinition(view: StructView): types.ShortcutDefinition {
  return {
    key: values.readText(view, 0),
    description: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
  };
}

export function writeShortcutDefinition(builder: Struct, value: types.ShortcutDefinition): void {
  to.writeText(builder, 0, value.key);
  if (value.description !== undefined) to.writeText(builder, 1, value.description);
}

export const shortcutDefinitionCodec: StructCodec<types.ShortcutDefinition> = {
  name: 'ShortcutDefinition',
  dataBytes: 0,
  pointerCount: 2,
  read: readShortcutDefinition,
  write: writeShortcutDefinition,
};

export function readFlagDefinition(view: StructView): types.FlagDefinition {
  const common = {
    name: values.readText(view, 0),
    description: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
  };
  const which = values.readUint16(view, 2);
  switch (which) {
    case 0:
      return { ...common, which: 'boolean', boolean: readFlagDefinitionBoolean(view) };
    case 1:
      return { ...common, which: 'string', string: readFlagDefinitionString(view) };
    default:
      throw values.unknownArm('FlagDefinition', which);
  }
}

export function writeFlagDefinition(builder: Struct, value: types.FlagDefinition): void {
  to.writeText(builder, 0, value.name);
  if (value.description !== undefined) to.writeText(builder, 1, value.description);
  switch (value.which) {
    case 'boolean':
      to.writeUint16(builder, 2, 0);
      writeFlagDefinitionBoolean(builder, value.boolean);
      break;
    case 'string':
      to.writeUint16(builder, 2, 1);
      writeFlagDefinitionString(builder, value.string);
      break;
    default:
      throw to.unknownWhich('FlagDefinition', value);
  }
}

export const flagDefinitionCodec: StructCodec<types.FlagDefinition> = {
  name: 'FlagDefinition',
  dataBytes: 8,
  pointerCount: 3,
  read: readFlagDefinition,
  write: writeFlagDefinition,
};

function readFlagDefinitionBoolean(view: StructView): types.FlagDefinitionBoolean {
  return {
    byDefault: values.readBool(view, 0),
  };
}

function writeFlagDefinitionBoolean(builder: Struct, value: types.FlagDefinitionBoolean): void {
  to.writeBool(builder, 0, value.byDefault);
}

function readFlagDefinitionString(view: StructView): types.FlagDefinitionString {
  return {
    byDefault: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

function writeFlagDefinitionString(builder: Struct, value: types.FlagDefinitionString): void {
  if (value.byDefault !== undefined) to.writeText(builder, 2, value.byDefault);
}

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
    structuredContentJson: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    isError: values.readBool(view, 0),
    usageJson: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
    terminate: values.readBool(view, 1),
  };
}

export function writeToolResult(builder: Struct, value: types.ToolResult): void {
  lists.writeList(builder, 0, lists.structs(contentBlockCodec), value.content);
  if (value.detailsJson !== undefined) to.writeText(builder, 1, value.detailsJson);
  if (value.structuredContentJson !== undefined) to.writeText(builder, 2, value.structuredContentJson);
  to.writeBool(builder, 0, value.isError);
  if (value.usageJson !== undefined) to.writeText(builder, 3, value.usageJson);
  to.writeBool(builder, 1, value.terminate);
}

export const toolResultCodec: StructCodec<types.ToolResult> = {
  name: 'ToolResult',
  dataBytes: 8,
  pointerCount: 4,
  read: readToolResult,
  write: writeToolResult,
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

export function readCommandRequest(view: StructView): types.CommandRequest {
  return {
    callId: values.readText(view, 0),
    name: values.readText(view, 1),
    arguments: values.readText(view, 2),
  };
}

export function writeCommandRequest(builder: Struct, value: types.CommandRequest): void {
  to.writeText(builder, 0, value.callId);
  to.writeText(builder, 1, value.name);
  to.writeText(builder, 2, value.arguments);
}

export const commandRequestCodec: StructCodec<types.CommandRequest> = {
  name: 'CommandRequest',
  dataBytes: 0,
  pointerCount: 3,
  read: readCommandRequest,
  write: writeCommandRequest,
};

export function readShortcutRequest(view: StructView): types.ShortcutRequest {
  return {
    callId: values.readText(view, 0),
    key: values.readText(view, 1),
  };
}

export function writeShortcutRequest(builder: Struct, value: types.ShortcutRequest): void {
  to.writeText(builder, 0, value.callId);
  to.writeText(builder, 1, value.key);
}

export const shortcutRequestCodec: StructCodec<types.ShortcutRequest> = {
  name: 'ShortcutRequest',
  dataBytes: 0,
  pointerCount: 2,
  read: readShortcutRequest,
  write: writeShortcutRequest,
};

export function readCommandResponse(view: StructView): types.CommandResponse {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'done' };
    case 1:
      return { which: 'error', error: values.readStruct(view, 0, readApiError) };
    case 2:
      return { which: 'control', control: values.readStruct(view, 0, readSessionControl) };
    default:
      throw values.unknownArm('CommandResponse', which);
  }
}

export function writeCommandResponse(builder: Struct, value: types.CommandResponse): void {
  switch (value.which) {
    case 'done':
      to.writeUint16(builder, 0, 0);
      break;
    case 'error':
      to.writeUint16(builder, 0, 1);
      to.writeStruct(builder, 0, apiErrorCodec, value.error);
      break;
    case 'control':
      to.writeUint16(builder, 0, 2);
      to.writeStruct(builder, 0, sessionControlCodec, value.control);
      break;
    default:
      throw to.unknownWhich('CommandResponse', value);
  }
}

export const commandResponseCodec: StructCodec<types.CommandResponse> = {
  name: 'CommandResponse',
  dataBytes: 8,
  pointerCount: 1,
  read: readCommandResponse,
  write: writeCommandResponse,
};

export function readSessionControl(view: StructView): types.SessionControl {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'newSession', newSession: readSessionControlNewSession(view) };
    case 1:
      return { which: 'fork', fork: readSessionControlFork(view) };
    case 2:
      return { which: 'navigateTree', navigateTree: readSessionControlNavigateTree(view) };
    case 3:
      return { which: 'switchSession', switchSession: readSessionControlSwitchSession(view) };
    case 4:
      return { which: 'reload' };
    default:
      throw values.unknownArm('SessionControl', which);
  }
}

export function writeSessionControl(builder: Struct, value: types.SessionControl): void {
  switch (value.which) {
    case 'newSession':
      to.writeUint16(builder, 0, 0);
      writeSessionControlNewSession(builder, value.newSession);
      break;
    case 'fork':
      to.writeUint16(builder, 0, 1);
      writeSessionControlFork(builder, value.fork);
      break;
    case 'navigateTree':
      to.writeUint16(builder, 0, 2);
      writeSessionControlNavigateTree(builder, value.navigateTree);
      break;
    case 'switchSession':
      to.writeUint16(builder, 0, 3);
      writeSessionControlSwitchSession(builder, value.switchSession);
      break;
    case 'reload':
      to.writeUint16(builder, 0, 4);
      break;
    default:
      throw to.unknownWhich('SessionControl', value);
  }
}

export const sessionControlCodec: StructCodec<types.SessionControl> = {
  name: 'SessionControl',
  dataBytes: 8,
  pointerCount: 3,
  read: readSessionControl,
  write: writeSessionControl,
};

function readSessionControlNewSession(view: StructView): types.SessionControlNewSession {
  return {
    parentSession: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
  };
}

function writeSessionControlNewSession(builder: Struct, value: types.SessionControlNewSession): void {
  if (value.parentSession !== undefined) to.writeText(builder, 0, value.parentSession);
}

function readSessionControlFork(view: StructView): types.SessionControlFork {
  return {
    entryId: values.readText(view, 0),
    position: values.readEnum(view, 2, types.forkPositionValues, 'ForkPosition'),
  };
}

function writeSessionControlFork(builder: Struct, value: types.SessionControlFork): void {
  to.writeText(builder, 0, value.entryId);
  to.writeEnum(builder, 2, value.position, types.forkPositionValues, 'ForkPosition');
}

function readSessionControlNavigateTree(view: StructView): types.SessionControlNavigateTree {
  return {
    targetId: values.readText(view, 0),
    summarize: values.readBool(view, 16),
    customInstructions: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    replaceInstructions: values.readBool(view, 17),
    label: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

function writeSessionControlNavigateTree(builder: Struct, value: types.SessionControlNavigateTree): void {
  to.writeText(builder, 0, value.targetId);
  to.writeBool(builder, 16, value.summarize);
  if (value.customInstructions !== undefined) to.writeText(builder, 1, value.customInstructions);
  to.writeBool(builder, 17, value.replaceInstructions);
  if (value.label !== undefined) to.writeText(builder, 2, value.label);
}

function readSessionControlSwitchSession(view: StructView): types.SessionControlSwitchSession {
  return {
    sessionPath: values.readText(view, 0),
  };
}

function writeSessionControlSwitchSession(builder: Struct, value: types.SessionControlSwitchSession): void {
  to.writeText(builder, 0, value.sessionPath);
}

export function readCompletionRequest(view: StructView): types.CompletionRequest {
  return {
    name: values.readText(view, 0),
    prefix: values.readText(view, 1),
  };
}

export function writeCompletionRequest(builder: Struct, value: types.CompletionRequest): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.prefix);
}

export const completionRequestCodec: StructCodec<types.CompletionRequest> = {
  name: 'CompletionRequest',
  dataBytes: 0,
  pointerCount: 2,
  read: readCompletionRequest,
  write: writeCompletionRequest,
};

export function readCompletionList(view: StructView): types.CompletionList {
  return {
    items: lists.readList(view, 0, lists.structs(completionCodec)),
  };
}

export function writeCompletionList(builder: Struct, value: types.CompletionList): void {
  lists.writeList(builder, 0, lists.structs(completionCodec), value.items);
}

export const completionListCodec: StructCodec<types.CompletionList> = {
  name: 'CompletionList',
  dataBytes: 0,
  pointerCount: 1,
  read: readCompletionList,
  write: writeCompletionList,
};

export function readCompletion(view: StructView): types.Completion {
  return {
    value: values.readText(view, 0),
    label: values.readText(view, 1),
    description: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

export function writeCompletion(builder: Struct, value: types.Completion): void {
  to.writeText(builder, 0, value.value);
  to.writeText(builder, 1, value.label);
  if (value.description !== undefined) to.writeText(builder, 2, value.description);
}

export const completionCodec: StructCodec<types.Completion> = {
  name: 'Completion',
  dataBytes: 0,
  pointerCount: 3,
  read: readCompletion,
  write: writeCompletion,
};

export function readCancel(view: StructView): types.Cancel {
  return {
    callId: values.readText(view, 0),
    reason: values.readText(view, 1),
  };
}

export function writeCancel(builder: Struct, value: types.Cancel): void {
  to.writeText(builder, 0, value.callId);
  to.writeText(builder, 1, value.reason);
}

export const cancelCodec: StructCodec<types.Cancel> = {
  name: 'Cancel',
  dataBytes: 0,
  pointerCount: 2,
  read: readCancel,
  write: writeCancel,
};

export function readShutdown(view: StructView): types.Shutdown {
  return {
    reason: values.readEnum(view, 0, types.shutdownReasonValues, 'ShutdownReason'),
  };
}

export function writeShutdown(builder: Struct, value: types.Shutdown): void {
  to.writeEnum(builder, 0, value.reason, types.shutdownReasonValues, 'ShutdownReason');
}

export const shutdownCodec: StructCodec<types.Shutdown> = {
  name: 'Shutdown',
  dataBytes: 8,
  pointerCount: 0,
  read: readShutdown,
  write: writeShutdown,
};

export function readUiAction(view: StructView): types.UiAction {
  const common = {
    callId: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
    timeoutMs: values.hasPointer(view, 1) ? values.readStruct(view, 1, readBoxedUInt32).value : undefined,
  };
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { ...common, which: 'select', select: readUiActionSelect(view) };
    case 1:
      return { ...common, which: 'confirm', confirm: readUiActionConfirm(view) };
    case 2:
      return { ...common, which: 'input', input: readUiActionInput(view) };
    case 3:
      return { ...common, which: 'editor', editor: readUiActionEditor(view) };
    case 4:
      return { ...common, which: 'notify', notify: readUiActionNotify(view) };
    case 5:
      return { ...common, which: 'setStatus', setStatus: readUiActionSetStatus(view) };
    case 6:
      return { ...common, which: 'setWidget', setWidget: readUiActionSetWidget(view) };
    case 7:
      return { ...common, which: 'setTitle', setTitle: readUiActionSetTitle(view) };
    case 8:
      return { ...common, which: 'setEditorText', setEditorText: readUiActionSetEditorText(view) };
    case 9:
      return { ...common, which: 'pasteToEditor', pasteToEditor: readUiActionPasteToEditor(view) };
    case 10:
      return { ...common, which: 'getEditorText' };
    case 11:
      return { ...common, which: 'setWorkingMessage', setWorkingMessage: readUiActionSetWorkingMessage(view) };
    case 12:
      return { ...common, which: 'setWorkingVisible', setWorkingVisible: readUiActionSetWorkingVisible(view) };
    case 13:
      return { ...common, which: 'setWorkingIndicator', setWorkingIndicator: readUiActionSetWorkingIndicator(view) };
    case 14:
      return {
        ...common,
        which: 'setHiddenThinkingLabel',
        setHiddenThinkingLabel: readUiActionSetHiddenThinkingLabel(view),
      };
    case 15:
      return { ...common, which: 'setToolsExpanded', setToolsExpanded: readUiActionSetToolsExpanded(view) };
    case 16:
      return { ...common, which: 'getToolsExpanded' };
    case 17:
      return { ...common, which: 'setTheme', setTheme: readUiActionSetTheme(view) };
    case 18:
      return { ...common, which: 'getThemes' };
    default:
      throw values.unknownArm('UiAction', which);
  }
}

export function writeUiAction(builder: Struct, value: types.UiAction): void {
  if (value.callId !== undefined) to.writeText(builder, 0, value.callId);
  if (value.timeoutMs !== undefined) to.writeStruct(builder, 1, boxedUInt32Codec, { value: value.timeoutMs });
  switch (value.which) {
    case 'select':
      to.writeUint16(builder, 0, 0);
      writeUiActionSelect(builder, value.select);
      break;
    case 'confirm':
      to.writeUint16(builder, 0, 1);
      writeUiActionConfirm(builder, value.confirm);
      break;
    case 'input':
      to.writeUint16(builder, 0, 2);
      writeUiActionInput(builder, value.input);
      break;
    case 'editor':
      to.writeUint16(builder, 0, 3);
      writeUiActionEditor(builder, value.editor);
      break;
    case 'notify':
      to.writeUint16(builder, 0, 4);
      writeUiActionNotify(builder, value.notify);
      break;
    case 'setStatus':
      to.writeUint16(builder, 0, 5);
      writeUiActionSetStatus(builder, value.setStatus);
      break;
    case 'setWidget':
      to.writeUint16(builder, 0, 6);
      writeUiActionSetWidget(builder, value.setWidget);
      break;
    case 'setTitle':
      to.writeUint16(builder, 0, 7);
      writeUiActionSetTitle(builder, value.setTitle);
      break;
    case 'setEditorText':
      to.writeUint16(builder, 0, 8);
      writeUiActionSetEditorText(builder, value.setEditorText);
      break;
    case 'pasteToEditor':
      to.writeUint16(builder, 0, 9);
      writeUiActionPasteToEditor(builder, value.pasteToEditor);
      break;
    case 'getEditorText':
      to.writeUint16(builder, 0, 10);
      break;
    case 'setWorkingMessage':
      to.writeUint16(builder, 0, 11);
      writeUiActionSetWorkingMessage(builder, value.setWorkingMessage);
      break;
    case 'setWorkingVisible':
      to.writeUint16(builder, 0, 12);
      writeUiActionSetWorkingVisible(builder, value.setWorkingVisible);
      break;
    case 'setWorkingIndicator':
      to.writeUint16(builder, 0, 13);
      writeUiActionSetWorkingIndicator(builder, value.setWorkingIndicator);
      break;
    case 'setHiddenThinkingLabel':
      to.writeUint16(builder, 0, 14);
      writeUiActionSetHiddenThinkingLabel(builder, value.setHiddenThinkingLabel);
      break;
    case 'setToolsExpanded':
      to.writeUint16(builder, 0, 15);
      writeUiActionSetToolsExpanded(builder, value.setToolsExpanded);
      break;
    case 'getToolsExpanded':
      to.writeUint16(builder, 0, 16);
      break;
    case 'setTheme':
      to.writeUint16(builder, 0, 17);
      writeUiActionSetTheme(builder, value.setTheme);
      break;
    case 'getThemes':
      to.writeUint16(builder, 0, 18);
      break;
    default:
      throw to.unknownWhich('UiAction', value);
  }
}

export const uiActionCodec: StructCodec<types.UiAction> = {
  name: 'UiAction',
  dataBytes: 8,
  pointerCount: 4,
  read: readUiAction,
  write: writeUiAction,
};

function readUiActionSelect(view: StructView): types.UiActionSelect {
  return {
    title: values.readText(view, 2),
    options: lists.readList(view, 3, lists.texts),
  };
}

function writeUiActionSelect(builder: Struct, value: types.UiActionSelect): void {
  to.writeText(builder, 2, value.title);
  lists.writeList(builder, 3, lists.texts, value.options);
}

function readUiActionConfirm(view: StructView): types.UiActionConfirm {
  return {
    title: values.readText(view, 2),
    message: values.readText(view, 3),
  };
}

function writeUiActionConfirm(builder: Struct, value: types.UiActionConfirm): void {
  to.writeText(builder, 2, value.title);
  to.writeText(builder, 3, value.message);
}

function readUiActionInput(view: StructView): types.UiActionInput {
  return {
    title: values.readText(view, 2),
    placeholder: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

function writeUiActionInput(builder: Struct, value: types.UiActionInput): void {
  to.writeText(builder, 2, value.title);
  if (value.placeholder !== undefined) to.writeText(builder, 3, value.placeholder);
}

function readUiActionEditor(view: StructView): types.UiActionEditor {
  return {
    title: values.readText(view, 2),
    prefill: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

function writeUiActionEditor(builder: Struct, value: types.UiActionEditor): void {
  to.writeText(builder, 2, value.title);
  if (value.prefill !== undefined) to.writeText(builder, 3, value.prefill);
}

function readUiActionNotify(view: StructView): types.UiActionNotify {
  return {
    message: values.readText(view, 2),
    level: values.readEnum(view, 2, types.notifyLevelValues, 'NotifyLevel'),
  };
}

function writeUiActionNotify(builder: Struct, value: types.UiActionNotify): void {
  to.writeText(builder, 2, value.message);
  to.writeEnum(builder, 2, value.level, types.notifyLevelValues, 'NotifyLevel');
}

function readUiActionSetStatus(view: StructView): types.UiActionSetStatus {
  return {
    key: values.readText(view, 2),
    text: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

function writeUiActionSetStatus(builder: Struct, value: types.UiActionSetStatus): void {
  to.writeText(builder, 2, value.key);
  if (value.text !== undefined) to.writeText(builder, 3, value.text);
}

function readUiActionSetWidget(view: StructView): types.UiActionSetWidget {
  return {
    key: values.readText(view, 2),
    lines: values.hasPointer(view, 3) ? lists.readList(view, 3, lists.texts) : undefined,
    placement: values.readEnum(view, 2, types.widgetPlacementValues, 'WidgetPlacement'),
  };
}

function writeUiActionSetWidget(builder: Struct, value: types.UiActionSetWidget): void {
  to.writeText(builder, 2, value.key);
  if (value.lines !== undefined) lists.writeList(builder, 3, lists.texts, value.lines);
  to.writeEnum(builder, 2, value.placement, types.widgetPlacementValues, 'WidgetPlacement');
}

function readUiActionSetTitle(view: StructView): types.UiActionSetTitle {
  return {
    title: values.readText(view, 2),
  };
}

function writeUiActionSetTitle(builder: Struct, value: types.UiActionSetTitle): void {
  to.writeText(builder, 2, value.title);
}

function readUiActionSetEditorText(view: StructView): types.UiActionSetEditorText {
  return {
    text: values.readText(view, 2),
  };
}

function writeUiActionSetEditorText(builder: Struct, value: types.UiActionSetEditorText): void {
  to.writeText(builder, 2, value.text);
}

function readUiActionPasteToEditor(view: StructView): types.UiActionPasteToEditor {
  return {
    text: values.readText(view, 2),
  };
}

function writeUiActionPasteToEditor(builder: Struct, value: types.UiActionPasteToEditor): void {
  to.writeText(builder, 2, value.text);
}

function readUiActionSetWorkingMessage(view: StructView): types.UiActionSetWorkingMessage {
  return {
    message: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

function writeUiActionSetWorkingMessage(builder: Struct, value: types.UiActionSetWorkingMessage): void {
  if (value.message !== undefined) to.writeText(builder, 2, value.message);
}

function readUiActionSetWorkingVisible(view: StructView): types.UiActionSetWorkingVisible {
  return {
    visible: values.readBool(view, 16),
  };
}

function writeUiActionSetWorkingVisible(builder: Struct, value: types.UiActionSetWorkingVisible): void {
  to.writeBool(builder, 16, value.visible);
}

function readUiActionSetWorkingIndicator(view: StructView): types.UiActionSetWorkingIndicator {
  return {
    frames: values.hasPointer(view, 2) ? lists.readList(view, 2, lists.texts) : undefined,
    intervalMs: values.hasPointer(view, 3) ? values.readStruct(view, 3, readBoxedUInt32).value : undefined,
  };
}

function writeUiActionSetWorkingIndicator(builder: Struct, value: types.UiActionSetWorkingIndicator): void {
  if (value.frames !== undefined) lists.writeList(builder, 2, lists.texts, value.frames);
  if (value.intervalMs !== undefined) to.writeStruct(builder, 3, boxedUInt32Codec, { value: value.intervalMs });
}

function readUiActionSetHiddenThinkingLabel(view: StructView): types.UiActionSetHiddenThinkingLabel {
  return {
    label: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

function writeUiActionSetHiddenThinkingLabel(builder: Struct, value: types.UiActionSetHiddenThinkingLabel): void {
  if (value.label !== undefined) to.writeText(builder, 2, value.label);
}

function readUiActionSetToolsExpanded(view: StructView): types.UiActionSetToolsExpanded {
  return {
    expanded: values.readBool(view, 16),
  };
}

function writeUiActionSetToolsExpanded(builder: Struct, value: types.UiActionSetToolsExpanded): void {
  to.writeBool(builder, 16, value.expanded);
}

function readUiActionSetTheme(view: StructView): types.UiActionSetTheme {
  return {
    name: values.readText(view, 2),
  };
}

function writeUiActionSetTheme(builder: Struct, value: types.UiActionSetTheme): void {
  to.writeText(builder, 2, value.name);
}

export function readUiReply(view: StructView): types.UiReply {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'done' };
    case 1:
      return { which: 'confirmed', confirmed: values.readBool(view, 16) };
    case 2:
      return { which: 'value', value: values.readText(view, 0) };
    case 3:
      return { which: 'cancelled' };
    case 4:
      return { which: 'expanded', expanded: values.readBool(view, 16) };
    case 5:
      return { which: 'themes', themes: lists.readList(view, 0, lists.structs(themeCodec)) };
    case 6:
      return { which: 'failed', failed: values.readText(view, 0) };
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
    case 'value':
      to.writeUint16(builder, 0, 2);
      to.writeText(builder, 0, value.value);
      break;
    case 'cancelled':
      to.writeUint16(builder, 0, 3);
      break;
    case 'expanded':
      to.writeUint16(builder, 0, 4);
      to.writeBool(builder, 16, value.expanded);
      break;
    case 'themes':
      to.writeUint16(builder, 0, 5);
      lists.writeList(builder, 0, lists.structs(themeCodec), value.themes);
      break;
    case 'failed':
      to.writeUint16(builder, 0, 6);
      to.writeText(builder, 0, value.failed);
      break;
    default:
      throw to.unknownWhich('UiReply', value);
  }
}

export const uiReplyCodec: StructCodec<types.UiReply> = {
  name: 'UiReply',
  dataBytes: 8,
  pointerCount: 1,
  read: readUiReply,
  write: writeUiReply,
};

export function readTheme(view: StructView): types.Theme {
  return {
    name: values.readText(view, 0),
    path: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
  };
}

export function writeTheme(builder: Struct, value: types.Theme): void {
  to.writeText(builder, 0, value.name);
  if (value.path !== undefined) to.writeText(builder, 1, value.path);
}

export const themeCodec: StructCodec<types.Theme> = {
  name: 'Theme',
  dataBytes: 0,
  pointerCount: 2,
  read: readTheme,
  write: writeTheme,
};

export function readActQuestion(view: StructView): types.ActQuestion {
  return {
    toolCallId: values.readText(view, 0),
    sentence: values.readText(view, 1),
    acts: lists.readList(view, 2, lists.structs(actCodec)),
    timeoutMs: values.hasPointer(view, 3) ? values.readStruct(view, 3, readBoxedUInt32).value : undefined,
  };
}

export function writeActQuestion(builder: Struct, value: types.ActQuestion): void {
  to.writeText(builder, 0, value.toolCallId);
  to.writeText(builder, 1, value.sentence);
  lists.writeList(builder, 2, lists.structs(actCodec), value.acts);
  if (value.timeoutMs !== undefined) to.writeStruct(builder, 3, boxedUInt32Codec, { value: value.timeoutMs });
}

export const actQuestionCodec: StructCodec<types.ActQuestion> = {
  name: 'ActQuestion',
  dataBytes: 0,
  pointerCount: 4,
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
    scope: values.readEnum(view, 2, types.grantScopeValues, 'GrantScope'),
    decidedBy: values.readEnum(view, 4, types.actDeciderValues, 'ActDecider'),
  };
}

export function writeActAnswer(builder: Struct, value: types.ActAnswer): void {
  to.writeBool(builder, 0, value.allowed);
  to.writeText(builder, 0, value.reason);
  to.writeEnum(builder, 2, value.scope, types.grantScopeValues, 'GrantScope');
  to.writeEnum(builder, 4, value.decidedBy, types.actDeciderValues, 'ActDecider');
}

export const actAnswerCodec: StructCodec<types.ActAnswer> = {
  name: 'ActAnswer',
  dataBytes: 8,
  pointerCount: 1,
  read: readActAnswer,
  write: writeActAnswer,
};

export function readToolUpdate(view: StructView): types.ToolUpdate {
  return {
    callId: values.readText(view, 0),
    content: lists.readList(view, 1, lists.structs(contentBlockCodec)),
    detailsJson: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

export function writeToolUpdate(builder: Struct, value: types.ToolUpdate): void {
  to.writeText(builder, 0, value.callId);
  lists.writeList(builder, 1, lists.structs(contentBlockCodec), value.content);
  if (value.detailsJson !== undefined) to.writeText(builder, 2, value.detailsJson);
}

export const toolUpdateCodec: StructCodec<types.ToolUpdate> = {
  name: 'ToolUpdate',
  dataBytes: 0,
  pointerCount: 3,
  read: readToolUpdate,
  write: writeToolUpdate,
};

export function readNestedTool(view: StructView): types.NestedTool {
  return {
    callId: values.readText(view, 0),
    toolName: values.readText(view, 1),
    inputJson: values.readText(view, 2),
  };
}

export function writeNestedTool(builder: Struct, value: types.NestedTool): void {
  to.writeText(builder, 0, value.callId);
  to.writeText(builder, 1, value.toolName);
  to.writeText(builder, 2, value.inputJson);
}

export const nestedToolCodec: StructCodec<types.NestedTool> = {
  name: 'NestedTool',
  dataBytes: 0,
  pointerCount: 3,
  read: readNestedTool,
  write: writeNestedTool,
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

export function readSendMessage(view: StructView): types.SendMessage {
  return {
    message: values.readStruct(view, 0, readCustomMessage),
    triggerTurn: values.readBool(view, 0),
    deliverAs: values.readEnum(view, 2, types.deliveryValues, 'Delivery'),
  };
}

export function writeSendMessage(builder: Struct, value: types.SendMessage): void {
  to.writeStruct(builder, 0, customMessageCodec, value.message);
  to.writeBool(builder, 0, value.triggerTurn);
  to.writeEnum(builder, 2, value.deliverAs, types.deliveryValues, 'Delivery');
}

export const sendMessageCodec: StructCodec<types.SendMessage> = {
  name: 'SendMessage',
  dataBytes: 8,
  pointerCount: 1,
  read: readSendMessage,
  write: writeSendMessage,
};

export function readSendUserMessage(view: StructView): types.SendUserMessage {
  return {
    content: lists.readList(view, 0, lists.structs(contentBlockCodec)),
    deliverAs: values.readEnum(view, 0, types.deliveryValues, 'Delivery'),
    expandPromptTemplates: values.readBool(view, 16),
  };
}

export function writeSendUserMessage(builder: Struct, value: types.SendUserMessage): void {
  lists.writeList(builder, 0, lists.structs(contentBlockCodec), value.content);
  to.writeEnum(builder, 0, value.deliverAs, types.deliveryValues, 'Delivery');
  to.writeBool(builder, 16, value.expandPromptTemplates);
}

export const sendUserMessageCodec: StructCodec<types.SendUserMessage> = {
  name: 'SendUserMessage',
  dataBytes: 8,
  pointerCount: 1,
  read: readSendUserMessage,
  write: writeSendUserMessage,
};

export function readAppendEntry(view: StructView): types.AppendEntry {
  return {
    customType: values.readText(view, 0),
    dataJson: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
  };
}

export function writeAppendEntry(builder: Struct, value: types.AppendEntry): void {
  to.writeText(builder, 0, value.customType);
  if (value.dataJson !== undefined) to.writeText(builder, 1, value.dataJson);
}

export const appendEntryCodec: StructCodec<types.AppendEntry> = {
  name: 'AppendEntry',
  dataBytes: 0,
  pointerCount: 2,
  read: readAppendEntry,
  write: writeAppendEntry,
};

export function readSetLabel(view: StructView): types.SetLabel {
  return {
    entryId: values.readText(view, 0),
    label: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
  };
}

export function writeSetLabel(builder: Struct, value: types.SetLabel): void {
  to.writeText(builder, 0, value.entryId);
  if (value.label !== undefined) to.writeText(builder, 1, value.label);
}

export const setLabelCodec: StructCodec<types.SetLabel> = {
  name: 'SetLabel',
  dataBytes: 0,
  pointerCount: 2,
  read: readSetLabel,
  write: writeSetLabel,
};

export function readSetSessionName(view: StructView): types.SetSessionName {
  return {
    name: values.readText(view, 0),
  };
}

export function writeSetSessionName(builder: Struct, value: types.SetSessionName): void {
  to.writeText(builder, 0, value.name);
}

export const setSessionNameCodec: StructCodec<types.SetSessionName> = {
  name: 'SetSessionName',
  dataBytes: 0,
  pointerCount: 1,
  read: readSetSessionName,
  write: writeSetSessionName,
};

export function readEntriesQuery(view: StructView): types.EntriesQuery {
  return {
    since: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
    limit: values.readUint32(view, 0, 200),
    types: lists.readList(view, 1, lists.texts),
  };
}

export function writeEntriesQuery(builder: Struct, value: types.EntriesQuery): void {
  if (value.since !== undefined) to.writeText(builder, 0, value.since);
  to.writeUint32(builder, 0, value.limit, 200);
  lists.writeList(builder, 1, lists.texts, value.types);
}

export const entriesQueryCodec: StructCodec<types.EntriesQuery> = {
  name: 'EntriesQuery',
  dataBytes: 8,
  pointerCount: 2,
  read: readEntriesQuery,
  write: writeEntriesQuery,
};

export function readEntryPage(view: StructView): types.EntryPage {
  return {
    entries: lists.readList(view, 0, lists.structs(sessionEntryCodec)),
    leafId: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    hasMore: values.readBool(view, 0),
  };
}

export function writeEntryPage(builder: Struct, value: types.EntryPage): void {
  lists.writeList(builder, 0, lists.structs(sessionEntryCodec), value.entries);
  if (value.leafId !== undefined) to.writeText(builder, 1, value.leafId);
  to.writeBool(builder, 0, value.hasMore);
}

export const entryPageCodec: StructCodec<types.EntryPage> = {
  name: 'EntryPage',
  dataBytes: 8,
  pointerCount: 2,
  read: readEntryPage,
  write: writeEntryPage,
};

export function readSessionEntry(view: StructView): types.SessionEntry {
  return {
    id: values.readText(view, 0),
    parentId: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    type: values.readText(view, 2),
    json: values.readText(view, 3),
  };
}

export function writeSessionEntry(builder: Struct, value: types.SessionEntry): void {
  to.writeText(builder, 0, value.id);
  if (value.parentId !== undefined) to.writeText(builder, 1, value.parentId);
  to.writeText(builder, 2, value.type);
  to.writeText(builder, 3, value.json);
}

export const sessionEntryCodec: StructCodec<types.SessionEntry> = {
  name: 'SessionEntry',
  dataBytes: 0,
  pointerCount: 4,
  read: readSessionEntry,
  write: writeSessionEntry,
};

export function readSessionInfoQuery(view: StructView): types.SessionInfoQuery {
  return {
    withSystemPrompt: values.readBool(view, 0),
  };
}

export function writeSessionInfoQuery(builder: Struct, value: types.SessionInfoQuery): void {
  to.writeBool(builder, 0, value.withSystemPrompt);
}

export const sessionInfoQueryCodec: StructCodec<types.SessionInfoQuery> = {
  name: 'SessionInfoQuery',
  dataBytes: 8,
  pointerCount: 0,
  read: readSessionInfoQuery,
  write: writeSessionInfoQuery,
};

export function readSessionInfo(view: StructView): types.SessionInfo {
  return {
    sessionId: values.readText(view, 0),
    sessionFile: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    name: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    cwd: values.readText(view, 3),
    leafId: values.hasPointer(view, 4) ? values.readText(view, 4) : undefined,
    isIdle: values.readBool(view, 0),
    hasPendingMessages: values.readBool(view, 1),
    isProjectTrusted: values.readBool(view, 2),
    model: values.hasPointer(view, 5) ? values.readStruct(view, 5, readModelRef) : undefined,
    thinkingLevel: values.hasPointer(view, 6) ? values.readText(view, 6) : undefined,
    systemPrompt: values.hasPointer(view, 7) ? values.readText(view, 7) : undefined,
  };
}

export function writeSessionInfo(builder: Struct, value: types.SessionInfo): void {
  to.writeText(builder, 0, value.sessionId);
  if (value.sessionFile !== undefined) to.writeText(builder, 1, value.sessionFile);
  if (value.name !== undefined) to.writeText(builder, 2, value.name);
  to.writeText(builder, 3, value.cwd);
  if (value.leafId !== undefined) to.writeText(builder, 4, value.leafId);
  to.writeBool(builder, 0, value.isIdle);
  to.writeBool(builder, 1, value.hasPendingMessages);
  to.writeBool(builder, 2, value.isProjectTrusted);
  if (value.model !== undefined) to.writeStruct(builder, 5, modelRefCodec, value.model);
  if (value.thinkingLevel !== undefined) to.writeText(builder, 6, value.thinkingLevel);
  if (value.systemPrompt !== undefined) to.writeText(builder, 7, value.systemPrompt);
}

export const sessionInfoCodec: StructCodec<types.SessionInfo> = {
  name: 'SessionInfo',
  dataBytes: 8,
  pointerCount: 8,
  read: readSessionInfo,
  write: writeSessionInfo,
};

export function readContextUsageQuery(_view: StructView): types.ContextUsageQuery {
  return {};
}

export function writeContextUsageQuery(_builder: Struct, _value: types.ContextUsageQuery): void {}

export const contextUsageQueryCodec: StructCodec<types.ContextUsageQuery> = {
  name: 'ContextUsageQuery',
  dataBytes: 0,
  pointerCount: 0,
  read: readContextUsageQuery,
  write: writeContextUsageQuery,
};

export function readContextUsage(view: StructView): types.ContextUsage {
  return {
    tokens: values.hasPointer(view, 0) ? values.readStruct(view, 0, readBoxedUInt32).value : undefined,
    contextWindow: values.readUint32(view, 0),
    percent: values.hasPointer(view, 1) ? values.readStruct(view, 1, readBoxedFloat64).value : undefined,
  };
}

export function writeContextUsage(builder: Struct, value: types.ContextUsage): void {
  if (value.tokens !== undefined) to.writeStruct(builder, 0, boxedUInt32Codec, { value: value.tokens });
  to.writeUint32(builder, 0, value.contextWindow);
  if (value.percent !== undefined) to.writeStruct(builder, 1, boxedFloat64Codec, { value: value.percent });
}

export const contextUsageCodec: StructCodec<types.ContextUsage> = {
  name: 'ContextUsage',
  dataBytes: 8,
  pointerCount: 2,
  read: readContextUsage,
  write: writeContextUsage,
};

export function readToolsQuery(_view: StructView): types.ToolsQuery {
  return {};
}

export function writeToolsQuery(_builder: Struct, _value: types.ToolsQuery): void {}

export const toolsQueryCodec: StructCodec<types.ToolsQuery> = {
  name: 'ToolsQuery',
  dataBytes: 0,
  pointerCount: 0,
  read: readToolsQuery,
  write: writeToolsQuery,
};

export function readToolList(view: StructView): types.ToolList {
  return {
    tools: lists.readList(view, 0, lists.structs(toolInfoCodec)),
  };
}

export function writeToolList(builder: Struct, value: types.ToolList): void {
  lists.writeList(builder, 0, lists.structs(toolInfoCodec), value.tools);
}

export const toolListCodec: StructCodec<types.ToolList> = {
  name: 'ToolList',
  dataBytes: 0,
  pointerCount: 1,
  read: readToolList,
  write: writeToolList,
};

export function readToolInfo(view: StructView): types.ToolInfo {
  return {
    name: values.readText(view, 0),
    description: values.readText(view, 1),
    parametersJson: values.readText(view, 2),
    promptGuidelines: lists.readList(view, 3, lists.texts),
    exposure: values.readEnum(view, 0, types.toolExposureValues, 'ToolExposure'),
    namespace: values.hasPointer(view, 4) ? values.readStruct(view, 4, readToolNamespace) : undefined,
    annotations: values.hasPointer(view, 5) ? values.readStruct(view, 5, readToolAnnotations) : undefined,
    source: values.readText(view, 6),
  };
}

export function writeToolInfo(builder: Struct, value: types.ToolInfo): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.description);
  to.writeText(builder, 2, value.parametersJson);
  lists.writeList(builder, 3, lists.texts, value.promptGuidelines);
  to.writeEnum(builder, 0, value.exposure, types.toolExposureValues, 'ToolExposure');
  if (value.namespace !== undefined) to.writeStruct(builder, 4, toolNamespaceCodec, value.namespace);
  if (value.annotations !== undefined) to.writeStruct(builder, 5, toolAnnotationsCodec, value.annotations);
  to.writeText(builder, 6, value.source);
}

export const toolInfoCodec: StructCodec<types.ToolInfo> = {
  name: 'ToolInfo',
  dataBytes: 8,
  pointerCount: 7,
  read: readToolInfo,
  write: writeToolInfo,
};

export function readActiveToolsQuery(_view: StructView): types.ActiveToolsQuery {
  return {};
}

export function writeActiveToolsQuery(_builder: Struct, _value: types.ActiveToolsQuery): void {}

export const activeToolsQueryCodec: StructCodec<types.ActiveToolsQuery> = {
  name: 'ActiveToolsQuery',
  dataBytes: 0,
  pointerCount: 0,
  read: readActiveToolsQuery,
  write: writeActiveToolsQuery,
};

export function readToolNames(view: StructView): types.ToolNames {
  return {
    names: lists.readList(view, 0, lists.texts),
  };
}

export function writeToolNames(builder: Struct, value: types.ToolNames): void {
  lists.writeList(builder, 0, lists.texts, value.names);
}

export const toolNamesCodec: StructCodec<types.ToolNames> = {
  name: 'ToolNames',
  dataBytes: 0,
  pointerCount: 1,
  read: readToolNames,
  write: writeToolNames,
};

export function readCommandsQuery(_view: StructView): types.CommandsQuery {
  return {};
}

export function writeCommandsQuery(_builder: Struct, _value: types.CommandsQuery): void {}

export const commandsQueryCodec: StructCodec<types.CommandsQuery> = {
  name: 'CommandsQuery',
  dataBytes: 0,
  pointerCount: 0,
  read: readCommandsQuery,
  write: writeCommandsQuery,
};

export function readCommandList(view: StructView): types.CommandList {
  return {
    commands: lists.readList(view, 0, lists.structs(commandInfoCodec)),
  };
}

export function writeCommandList(builder: Struct, value: types.CommandList): void {
  lists.writeList(builder, 0, lists.structs(commandInfoCodec), value.commands);
}

export const commandListCodec: StructCodec<types.CommandList> = {
  name: 'CommandList',
  dataBytes: 0,
  pointerCount: 1,
  read: readCommandList,
  write: writeCommandList,
};

export function readCommandInfo(view: StructView): types.CommandInfo {
  return {
    name: values.readText(view, 0),
    description: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    source: values.readText(view, 2),
  };
}

export function writeCommandInfo(builder: Struct, value: types.CommandInfo): void {
  to.writeText(builder, 0, value.name);
  if (value.description !== undefined) to.writeText(builder, 1, value.description);
  to.writeText(builder, 2, value.source);
}

export const commandInfoCodec: StructCodec<types.CommandInfo> = {
  name: 'CommandInfo',
  dataBytes: 0,
  pointerCount: 3,
  read: readCommandInfo,
  write: writeCommandInfo,
};

export function readFlagQuery(view: StructView): types.FlagQuery {
  return {
    name: values.readText(view, 0),
  };
}

export function writeFlagQuery(builder: Struct, value: types.FlagQuery): void {
  to.writeText(builder, 0, value.name);
}

export const flagQueryCodec: StructCodec<types.FlagQuery> = {
  name: 'FlagQuery',
  dataBytes: 0,
  pointerCount: 1,
  read: readFlagQuery,
  write: writeFlagQuery,
};

export function readFlagValue(view: StructView): types.FlagValue {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'absent' };
    case 1:
      return { which: 'boolean', boolean: values.readBool(view, 16) };
    case 2:
      return { which: 'string', string: values.readText(view, 0) };
    default:
      throw values.unknownArm('FlagValue', which);
  }
}

export function writeFlagValue(builder: Struct, value: types.FlagValue): void {
  switch (value.which) {
    case 'absent':
      to.writeUint16(builder, 0, 0);
      break;
    case 'boolean':
      to.writeUint16(builder, 0, 1);
      to.writeBool(builder, 16, value.boolean);
      break;
    case 'string':
      to.writeUint16(builder, 0, 2);
      to.writeText(builder, 0, value.string);
      break;
    default:
      throw to.unknownWhich('FlagValue', value);
  }
}

export const flagValueCodec: StructCodec<types.FlagValue> = {
  name: 'FlagValue',
  dataBytes: 8,
  pointerCount: 1,
  read: readFlagValue,
  write: writeFlagValue,
};

export function readSettingsQuery(_view: StructView): types.SettingsQuery {
  return {};
}

export function writeSettingsQuery(_builder: Struct, _value: types.SettingsQuery): void {}

export const settingsQueryCodec: StructCodec<types.SettingsQuery> = {
  name: 'SettingsQuery',
  dataBytes: 0,
  pointerCount: 0,
  read: readSettingsQuery,
  write: writeSettingsQuery,
};

export function readHarnessSettings(view: StructView): types.HarnessSettings {
  return {
    json: values.readText(view, 0),
  };
}

export function writeHarnessSettings(builder: Struct, value: types.HarnessSettings): void {
  to.writeText(builder, 0, value.json);
}

export const harnessSettingsCodec: StructCodec<types.HarnessSettings> = {
  name: 'HarnessSettings',
  dataBytes: 0,
  pointerCount: 1,
  read: readHarnessSettings,
  write: writeHarnessSettings,
};

export function readModelRef(view: StructView): types.ModelRef {
  return {
    provider: values.readText(view, 0),
    id: values.readText(view, 1),
  };
}

export function writeModelRef(builder: Struct, value: types.ModelRef): void {
  to.writeText(builder, 0, value.provider);
  to.writeText(builder, 1, value.id);
}

export const modelRefCodec: StructCodec<types.ModelRef> = {
  name: 'ModelRef',
  dataBytes: 0,
  pointerCount: 2,
  read: readModelRef,
  write: writeModelRef,
};

export function readModelsQuery(view: StructView): types.ModelsQuery {
  return {
    scopedOnly: values.readBool(view, 0),
  };
}

export function writeModelsQuery(builder: Struct, value: types.ModelsQuery): void {
  to.writeBool(builder, 0, value.scopedOnly);
}

export const modelsQueryCodec: StructCodec<types.ModelsQuery> = {
  name: 'ModelsQuery',
  dataBytes: 8,
  pointerCount: 0,
  read: readModelsQuery,
  write: writeModelsQuery,
};

export function readModelList(view: StructView): types.ModelList {
  return {
    models: lists.readList(view, 0, lists.structs(modelInfoCodec)),
  };
}

export function writeModelList(builder: Struct, value: types.ModelList): void {
  lists.writeList(builder, 0, lists.structs(modelInfoCodec), value.models);
}

export const modelListCodec: StructCodec<types.ModelList> = {
  name: 'ModelList',
  dataBytes: 0,
  pointerCount: 1,
  read: readModelList,
  write: writeModelList,
};

export function readModelInfo(view: StructView): types.ModelInfo {
  return {
    model: values.readStruct(view, 0, readModelRef),
    name: values.readText(view, 1),
    contextWindow: values.readUint32(view, 0),
    takesImages: values.readBool(view, 32),
    isReasoning: values.readBool(view, 33),
  };
}

export function writeModelInfo(builder: Struct, value: types.ModelInfo): void {
  to.writeStruct(builder, 0, modelRefCodec, value.model);
  to.writeText(builder, 1, value.name);
  to.writeUint32(builder, 0, value.contextWindow);
  to.writeBool(builder, 32, value.takesImages);
  to.writeBool(builder, 33, value.isReasoning);
}

export const modelInfoCodec: StructCodec<types.ModelInfo> = {
  name: 'ModelInfo',
  dataBytes: 8,
  pointerCount: 2,
  read: readModelInfo,
  write: writeModelInfo,
};

export function readSetModelReply(view: StructView): types.SetModelReply {
  return {
    changed: values.readBool(view, 0),
  };
}

export function writeSetModelReply(builder: Struct, value: types.SetModelReply): void {
  to.writeBool(builder, 0, value.changed);
}

export const setModelReplyCodec: StructCodec<types.SetModelReply> = {
  name: 'SetModelReply',
  dataBytes: 8,
  pointerCount: 0,
  read: readSetModelReply,
  write: writeSetModelReply,
};

export function readSetThinkingLevel(view: StructView): types.SetThinkingLevel {
  return {
    level: values.readText(view, 0),
  };
}

export function writeSetThinkingLevel(builder: Struct, value: types.SetThinkingLevel): void {
  to.writeText(builder, 0, value.level);
}

export const setThinkingLevelCodec: StructCodec<types.SetThinkingLevel> = {
  name: 'SetThinkingLevel',
  dataBytes: 0,
  pointerCount: 1,
  read: readSetThinkingLevel,
  write: writeSetThinkingLevel,
};

export function readShellRequest(view: StructView): types.ShellRequest {
  return {
    command: values.readText(view, 0),
    args: values.hasPointer(view, 1) ? lists.readList(view, 1, lists.texts) : undefined,
    cwd: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    timeoutMs: values.hasPointer(view, 3) ? values.readStruct(view, 3, readBoxedUInt32).value : undefined,
    maximumOutputBytes: values.hasPointer(view, 4) ? values.readStruct(view, 4, readBoxedUInt32).value : undefined,
  };
}

export function writeShellRequest(builder: Struct, value: types.ShellRequest): void {
  to.writeText(builder, 0, value.command);
  if (value.args !== undefined) lists.writeList(builder, 1, lists.texts, value.args);
  if (value.cwd !== undefined) to.writeText(builder, 2, value.cwd);
  if (value.timeoutMs !== undefined) to.writeStruct(builder, 3, boxedUInt32Codec, { value: value.timeoutMs });
  if (value.maximumOutputBytes !== undefined)
    to.writeStruct(builder, 4, boxedUInt32Codec, { value: value.maximumOutputBytes });
}

export const shellRequestCodec: StructCodec<types.ShellRequest> = {
  name: 'ShellRequest',
  dataBytes: 0,
  pointerCount: 5,
  read: readShellRequest,
  write: writeShellRequest,
};

export function readShellResult(view: StructView): types.ShellResult {
  return {
    stdout: values.readText(view, 0),
    stderr: values.readText(view, 1),
    exitCode: values.hasPointer(view, 2) ? values.readStruct(view, 2, readBoxedInt32).value : undefined,
    killed: values.readBool(view, 0),
    truncated: values.readBool(view, 1),
  };
}

export function writeShellResult(builder: Struct, value: types.ShellResult): void {
  to.writeText(builder, 0, value.stdout);
  to.writeText(builder, 1, value.stderr);
  if (value.exitCode !== undefined) to.writeStruct(builder, 2, boxedInt32Codec, { value: value.exitCode });
  to.writeBool(builder, 0, value.killed);
  to.writeBool(builder, 1, value.truncated);
}

export const shellResultCodec: StructCodec<types.ShellResult> = {
  name: 'ShellResult',
  dataBytes: 8,
  pointerCount: 3,
  read: readShellResult,
  write: writeShellResult,
};

export function readAbort(_view: StructView): types.Abort {
  return {};
}

export function writeAbort(_builder: Struct, _value: types.Abort): void {}

export const abortCodec: StructCodec<types.Abort> = {
  name: 'Abort',
  dataBytes: 0,
  pointerCount: 0,
  read: readAbort,
  write: writeAbort,
};

export function readCompact(view: StructView): types.Compact {
  return {
    customInstructions: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
  };
}

export function writeCompact(builder: Struct, value: types.Compact): void {
  if (value.customInstructions !== undefined) to.writeText(builder, 0, value.customInstructions);
}

export const compactCodec: StructCodec<types.Compact> = {
  name: 'Compact',
  dataBytes: 0,
  pointerCount: 1,
  read: readCompact,
  write: writeCompact,
};

export function readQuit(_view: StructView): types.Quit {
  return {};
}

export function writeQuit(_builder: Struct, _value: types.Quit): void {}

export const quitCodec: StructCodec<types.Quit> = {
  name: 'Quit',
  dataBytes: 0,
  pointerCount: 0,
  read: readQuit,
  write: writeQuit,
};

export function readProviderDefinition(view: StructView): types.ProviderDefinition {
  return {
    name: values.readText(view, 0),
    configJson: values.readText(view, 1),
  };
}

export function writeProviderDefinition(builder: Struct, value: types.ProviderDefinition): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.configJson);
}

export const providerDefinitionCodec: StructCodec<types.ProviderDefinition> = {
  name: 'ProviderDefinition',
  dataBytes: 0,
  pointerCount: 2,
  read: readProviderDefinition,
  write: writeProviderDefinition,
};

export function readProviderName(view: StructView): types.ProviderName {
  return {
    name: values.readText(view, 0),
  };
}

export function writeProviderName(builder: Struct, value: types.ProviderName): void {
  to.writeText(builder, 0, value.name);
}

export const providerNameCodec: StructCodec<types.ProviderName> = {
  name: 'ProviderName',
  dataBytes: 0,
  pointerCount: 1,
  read: readProviderName,
  write: writeProviderName,
};

export function readMcpServer(view: StructView): types.McpServer {
  return {
    name: values.readText(view, 0),
    configJson: values.readText(view, 1),
  };
}

export function writeMcpServer(builder: Struct, value: types.McpServer): void {
  to.writeText(builder, 0, value.name);
  to.writeText(builder, 1, value.configJson);
}

export const mcpServerCodec: StructCodec<types.McpServer> = {
  name: 'McpServer',
  dataBytes: 0,
  pointerCount: 2,
  read: readMcpServer,
  write: writeMcpServer,
};

export function readMcpServerName(view: StructView): types.McpServerName {
  return {
    name: values.readText(view, 0),
  };
}

export function writeMcpServerName(builder: Struct, value: types.McpServerName): void {
  to.writeText(builder, 0, value.name);
}

export const mcpServerNameCodec: StructCodec<types.McpServerName> = {
  name: 'McpServerName',
  dataBytes: 0,
  pointerCount: 1,
  read: readMcpServerName,
  write: writeMcpServerName,
};

export function readMcpServersQuery(_view: StructView): types.McpServersQuery {
  return {};
}

export function writeMcpServersQuery(_builder: Struct, _value: types.McpServersQuery): void {}

export const mcpServersQueryCodec: StructCodec<types.McpServersQuery> = {
  name: 'McpServersQuery',
  dataBytes: 0,
  pointerCount: 0,
  read: readMcpServersQuery,
  write: writeMcpServersQuery,
};

export function readMcpServerList(view: StructView): types.McpServerList {
  return {
    servers: lists.readList(view, 0, lists.structs(mcpServerCodec)),
  };
}

export function writeMcpServerList(builder: Struct, value: types.McpServerList): void {
  lists.writeList(builder, 0, lists.structs(mcpServerCodec), value.servers);
}

export const mcpServerListCodec: StructCodec<types.McpServerList> = {
  name: 'McpServerList',
  dataBytes: 0,
  pointerCount: 1,
  read: readMcpServerList,
  write: writeMcpServerList,
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

export function readEventKind(view: StructView): types.EventKind {
  return {
    name: values.readText(view, 0),
    class: values.readEnum(view, 0, types.eventClassValues, 'EventClass'),
    deadlineMs: values.readUint32(view, 4),
    isHot: values.readBool(view, 16),
    responses: lists.readList(view, 1, lists.texts),
  };
}

export function writeEventKind(builder: Struct, value: types.EventKind): void {
  to.writeText(builder, 0, value.name);
  to.writeEnum(builder, 0, value.class, types.eventClassValues, 'EventClass');
  to.writeUint32(builder, 4, value.deadlineMs);
  to.writeBool(builder, 16, value.isHot);
  lists.writeList(builder, 1, lists.texts, value.responses);
}

export const eventKindCodec: StructCodec<types.EventKind> = {
  name: 'EventKind',
  dataBytes: 8,
  pointerCount: 2,
  read: readEventKind,
  write: writeEventKind,
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
      return { ...common, which: 'projectTrust', projectTrust: values.readStruct(view, 1, readProjectTrust) };
    case 2:
      return {
        ...common,
        which: 'resourcesDiscover',
        resourcesDiscover: values.readStruct(view, 1, readResourcesDiscover),
      };
    case 3:
      return { ...common, which: 'sessionStart', sessionStart: values.readStruct(view, 1, readSessionStart) };
    case 4:
      return {
        ...common,
        which: 'sessionInfoChanged',
        sessionInfoChanged: values.readStruct(view, 1, readSessionInfoChanged),
      };
    case 5:
      return {
        ...common,
        which: 'sessionBeforeSwitch',
        sessionBeforeSwitch: values.readStruct(view, 1, readSessionBeforeSwitch),
      };
    case 6:
      return {
        ...common,
        which: 'sessionBeforeFork',
        sessionBeforeFork: values.readStruct(view, 1, readSessionBeforeFork),
      };
    case 7:
      return {
        ...common,
        which: 'sessionBeforeCompact',
        sessionBeforeCompact: values.readStruct(view, 1, readSessionBeforeCompact),
      };
    case 8:
      return { ...common, which: 'sessionCompact', sessionCompact: values.readStruct(view, 1, readSessionCompact) };
    case 9:
      return {
        ...common,
        which: 'sessionCompactFailed',
        sessionCompactFailed: values.readStruct(view, 1, readSessionCompactFailed),
      };
    case 10:
      return { ...common, which: 'sessionShutdown', sessionShutdown: values.readStruct(view, 1, readSessionShutdown) };
    case 11:
      return {
        ...common,
        which: 'sessionBeforeTree',
        sessionBeforeTree: values.readStruct(view, 1, readSessionBeforeTree),
      };
    case 12:
      return { ...common, which: 'sessionTree', sessionTree: values.readStruct(view, 1, readSessionTree) };
    case 13:
      return { ...common, which: 'mcpServersChange', mcpServersChange: values.readStruct(view, 1, readMcpServerList) };
    case 14:
      return { ...common, which: 'context', context: values.readStruct(view, 1, readContextMessages) };
    case 15:
      return {
        ...common,
        which: 'contextWithSystem',
        contextWithSystem: values.readStruct(view, 1, readContextMessages),
      };
    case 16:
      return {
        ...common,
        which: 'cacheWarmingDecision',
        cacheWarmingDecision: values.readStruct(view, 1, readCacheWarmingDecision),
      };
    case 17:
      return {
        ...common,
        which: 'beforeProviderRequest',
        beforeProviderRequest: values.readStruct(view, 1, readProviderRequest),
      };
    case 18:
      return {
        ...common,
        which: 'beforeProviderHeaders',
        beforeProviderHeaders: values.readStruct(view, 1, readProviderHeaders),
      };
    case 19:
      return {
        ...common,
        which: 'afterProviderResponse',
        afterProviderResponse: values.readStruct(view, 1, readAfterProviderResponse),
      };
    case 20:
      return {
        ...common,
        which: 'providerStreamEvent',
        providerStreamEvent: values.readStruct(view, 1, readProviderStreamEvent),
      };
    case 21:
      return {
        ...common,
        which: 'beforeAgentStart',
        beforeAgentStart: values.readStruct(view, 1, readBeforeAgentStart),
      };
    case 22:
      return { ...common, which: 'agentStart', agentStart: values.readStruct(view, 1, readAgentStart) };
    case 23:
      return { ...common, which: 'agentEnd', agentEnd: values.readStruct(view, 1, readAgentEnd) };
    case 24:
      return {
        ...common,
        which: 'agentBeforeSettle',
        agentBeforeSettle: values.readStruct(view, 1, readAgentBeforeSettle),
      };
    case 25:
      return { ...common, which: 'agentSettled', agentSettled: values.readStruct(view, 1, readAgentSettled) };
    case 26:
      return { ...common, which: 'uiPromptStart', uiPromptStart: values.readStruct(view, 1, readUiPrompt) };
    case 27:
      return { ...common, which: 'uiPromptEnd', uiPromptEnd: values.readStruct(view, 1, readUiPrompt) };
    case 28:
      return { ...common, which: 'turnStart', turnStart: values.readStruct(view, 1, readTurnStart) };
    case 29:
      return { ...common, which: 'turnEnd', turnEnd: values.readStruct(view, 1, readTurnEnd) };
    case 30:
      return { ...common, which: 'messageStart', messageStart: values.readStruct(view, 1, readMessageEvent) };
    case 31:
      return { ...common, which: 'messageUpdate', messageUpdate: values.readStruct(view, 1, readMessageUpdate) };
    case 32:
      return { ...common, which: 'messageEnd', messageEnd: values.readStruct(view, 1, readMessageEvent) };
    case 33:
      return {
        ...common,
        which: 'toolExecutionStart',
        toolExecutionStart: values.readStruct(view, 1, readToolExecutionStart),
      };
    case 34:
      return {
        ...common,
        which: 'toolExecutionUpdate',
        toolExecutionUpdate: values.readStruct(view, 1, readToolExecutionUpdate),
      };
    case 35:
      return {
        ...common,
        which: 'toolExecutionEnd',
        toolExecutionEnd: values.readStruct(view, 1, readToolExecutionEnd),
      };
    case 36:
      return { ...common, which: 'modelSelect', modelSelect: values.readStruct(view, 1, readModelSelect) };
    case 37:
      return {
        ...common,
        which: 'thinkingLevelSelect',
        thinkingLevelSelect: values.readStruct(view, 1, readThinkingLevelSelect),
      };
    case 38:
      return { ...common, which: 'toolCall', toolCall: values.readStruct(view, 1, readToolCall) };
    case 39:
      return { ...common, which: 'toolResult', toolResult: values.readStruct(view, 1, readToolResultEvent) };
    case 40:
      return { ...common, which: 'userBash', userBash: values.readStruct(view, 1, readUserBash) };
    case 41:
      return { ...common, which: 'input', input: values.readStruct(view, 1, readInputEvent) };
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
    case 'projectTrust':
      to.writeUint16(builder, 0, 1);
      to.writeStruct(builder, 1, projectTrustCodec, value.projectTrust);
      break;
    case 'resourcesDiscover':
      to.writeUint16(builder, 0, 2);
      to.writeStruct(builder, 1, resourcesDiscoverCodec, value.resourcesDiscover);
      break;
    case 'sessionStart':
      to.writeUint16(builder, 0, 3);
      to.writeStruct(builder, 1, sessionStartCodec, value.sessionStart);
      break;
    case 'sessionInfoChanged':
      to.writeUint16(builder, 0, 4);
      to.writeStruct(builder, 1, sessionInfoChangedCodec, value.sessionInfoChanged);
      break;
    case 'sessionBeforeSwitch':
      to.writeUint16(builder, 0, 5);
      to.writeStruct(builder, 1, sessionBeforeSwitchCodec, value.sessionBeforeSwitch);
      break;
    case 'sessionBeforeFork':
      to.writeUint16(builder, 0, 6);
      to.writeStruct(builder, 1, sessionBeforeForkCodec, value.sessionBeforeFork);
      break;
    case 'sessionBeforeCompact':
      to.writeUint16(builder, 0, 7);
      to.writeStruct(builder, 1, sessionBeforeCompactCodec, value.sessionBeforeCompact);
      break;
    case 'sessionCompact':
      to.writeUint16(builder, 0, 8);
      to.writeStruct(builder, 1, sessionCompactCodec, value.sessionCompact);
      break;
    case 'sessionCompactFailed':
      to.writeUint16(builder, 0, 9);
      to.writeStruct(builder, 1, sessionCompactFailedCodec, value.sessionCompactFailed);
      break;
    case 'sessionShutdown':
      to.writeUint16(builder, 0, 10);
      to.writeStruct(builder, 1, sessionShutdownCodec, value.sessionShutdown);
      break;
    case 'sessionBeforeTree':
      to.writeUint16(builder, 0, 11);
      to.writeStruct(builder, 1, sessionBeforeTreeCodec, value.sessionBeforeTree);
      break;
    case 'sessionTree':
      to.writeUint16(builder, 0, 12);
      to.writeStruct(builder, 1, sessionTreeCodec, value.sessionTree);
      break;
    case 'mcpServersChange':
      to.writeUint16(builder, 0, 13);
      to.writeStruct(builder, 1, mcpServerListCodec, value.mcpServersChange);
      break;
    case 'context':
      to.writeUint16(builder, 0, 14);
      to.writeStruct(builder, 1, contextMessagesCodec, value.context);
      break;
    case 'contextWithSystem':
      to.writeUint16(builder, 0, 15);
      to.writeStruct(builder, 1, contextMessagesCodec, value.contextWithSystem);
      break;
    case 'cacheWarmingDecision':
      to.writeUint16(builder, 0, 16);
      to.writeStruct(builder, 1, cacheWarmingDecisionCodec, value.cacheWarmingDecision);
      break;
    case 'beforeProviderRequest':
      to.writeUint16(builder, 0, 17);
      to.writeStruct(builder, 1, providerRequestCodec, value.beforeProviderRequest);
      break;
    case 'beforeProviderHeaders':
      to.writeUint16(builder, 0, 18);
      to.writeStruct(builder, 1, providerHeadersCodec, value.beforeProviderHeaders);
      break;
    case 'afterProviderResponse':
      to.writeUint16(builder, 0, 19);
      to.writeStruct(builder, 1, afterProviderResponseCodec, value.afterProviderResponse);
      break;
    case 'providerStreamEvent':
      to.writeUint16(builder, 0, 20);
      to.writeStruct(builder, 1, providerStreamEventCodec, value.providerStreamEvent);
      break;
    case 'beforeAgentStart':
      to.writeUint16(builder, 0, 21);
      to.writeStruct(builder, 1, beforeAgentStartCodec, value.beforeAgentStart);
      break;
    case 'agentStart':
      to.writeUint16(builder, 0, 22);
      to.writeStruct(builder, 1, agentStartCodec, value.agentStart);
      break;
    case 'agentEnd':
      to.writeUint16(builder, 0, 23);
      to.writeStruct(builder, 1, agentEndCodec, value.agentEnd);
      break;
    case 'agentBeforeSettle':
      to.writeUint16(builder, 0, 24);
      to.writeStruct(builder, 1, agentBeforeSettleCodec, value.agentBeforeSettle);
      break;
    case 'agentSettled':
      to.writeUint16(builder, 0, 25);
      to.writeStruct(builder, 1, agentSettledCodec, value.agentSettled);
      break;
    case 'uiPromptStart':
      to.writeUint16(builder, 0, 26);
      to.writeStruct(builder, 1, uiPromptCodec, value.uiPromptStart);
      break;
    case 'uiPromptEnd':
      to.writeUint16(builder, 0, 27);
      to.writeStruct(builder, 1, uiPromptCodec, value.uiPromptEnd);
      break;
    case 'turnStart':
      to.writeUint16(builder, 0, 28);
      to.writeStruct(builder, 1, turnStartCodec, value.turnStart);
      break;
    case 'turnEnd':
      to.writeUint16(builder, 0, 29);
      to.writeStruct(builder, 1, turnEndCodec, value.turnEnd);
      break;
    case 'messageStart':
      to.writeUint16(builder, 0, 30);
      to.writeStruct(builder, 1, messageEventCodec, value.messageStart);
      break;
    case 'messageUpdate':
      to.writeUint16(builder, 0, 31);
      to.writeStruct(builder, 1, messageUpdateCodec, value.messageUpdate);
      break;
    case 'messageEnd':
      to.writeUint16(builder, 0, 32);
      to.writeStruct(builder, 1, messageEventCodec, value.messageEnd);
      break;
    case 'toolExecutionStart':
      to.writeUint16(builder, 0, 33);
      to.writeStruct(builder, 1, toolExecutionStartCodec, value.toolExecutionStart);
      break;
    case 'toolExecutionUpdate':
      to.writeUint16(builder, 0, 34);
      to.writeStruct(builder, 1, toolExecutionUpdateCodec, value.toolExecutionUpdate);
      break;
    case 'toolExecutionEnd':
      to.writeUint16(builder, 0, 35);
      to.writeStruct(builder, 1, toolExecutionEndCodec, value.toolExecutionEnd);
      break;
    case 'modelSelect':
      to.writeUint16(builder, 0, 36);
      to.writeStruct(builder, 1, modelSelectCodec, value.modelSelect);
      break;
    case 'thinkingLevelSelect':
      to.writeUint16(builder, 0, 37);
      to.writeStruct(builder, 1, thinkingLevelSelectCodec, value.thinkingLevelSelect);
      break;
    case 'toolCall':
      to.writeUint16(builder, 0, 38);
      to.writeStruct(builder, 1, toolCallCodec, value.toolCall);
      break;
    case 'toolResult':
      to.writeUint16(builder, 0, 39);
      to.writeStruct(builder, 1, toolResultEventCodec, value.toolResult);
      break;
    case 'userBash':
      to.writeUint16(builder, 0, 40);
      to.writeStruct(builder, 1, userBashCodec, value.userBash);
      break;
    case 'input':
      to.writeUint16(builder, 0, 41);
      to.writeStruct(builder, 1, inputEventCodec, value.input);
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

export function readEventHeader(view: StructView): types.EventHeader {
  return {
    protocolVersion: values.readUint32(view, 0, 1),
    seq: values.readUint32(view, 4),
    sessionId: values.readText(view, 0),
    harness: values.readText(view, 1),
    correlationId: values.readText(view, 2),
    deadlineMs: values.readUint32(view, 8),
    atMs: values.readFloat64(view, 16),
  };
}

export function writeEventHeader(builder: Struct, value: types.EventHeader): void {
  to.writeUint32(builder, 0, value.protocolVersion, 1);
  to.writeUint32(builder, 4, value.seq);
  to.writeText(builder, 0, value.sessionId);
  to.writeText(builder, 1, value.harness);
  to.writeText(builder, 2, value.correlationId);
  to.writeUint32(builder, 8, value.deadlineMs);
  to.writeFloat64(builder, 16, value.atMs);
}

export const eventHeaderCodec: StructCodec<types.EventHeader> = {
  name: 'EventHeader',
  dataBytes: 24,
  pointerCount: 3,
  read: readEventHeader,
  write: writeEventHeader,
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

export function readProjectTrust(view: StructView): types.ProjectTrust {
  return {
    cwd: values.readText(view, 0),
    mode: values.readText(view, 1),
    hasUi: values.readBool(view, 0),
  };
}

export function writeProjectTrust(builder: Struct, value: types.ProjectTrust): void {
  to.writeText(builder, 0, value.cwd);
  to.writeText(builder, 1, value.mode);
  to.writeBool(builder, 0, value.hasUi);
}

export const projectTrustCodec: StructCodec<types.ProjectTrust> = {
  name: 'ProjectTrust',
  dataBytes: 8,
  pointerCount: 2,
  read: readProjectTrust,
  write: writeProjectTrust,
};

export function readResourcesDiscover(view: StructView): types.ResourcesDiscover {
  return {
    cwd: values.readText(view, 0),
    reason: values.readEnum(view, 0, types.resourcesReasonValues, 'ResourcesReason'),
  };
}

export function writeResourcesDiscover(builder: Struct, value: types.ResourcesDiscover): void {
  to.writeText(builder, 0, value.cwd);
  to.writeEnum(builder, 0, value.reason, types.resourcesReasonValues, 'ResourcesReason');
}

export const resourcesDiscoverCodec: StructCodec<types.ResourcesDiscover> = {
  name: 'ResourcesDiscover',
  dataBytes: 8,
  pointerCount: 1,
  read: readResourcesDiscover,
  write: writeResourcesDiscover,
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

export function readSessionInfoChanged(view: StructView): types.SessionInfoChanged {
  return {
    name: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
  };
}

export function writeSessionInfoChanged(builder: Struct, value: types.SessionInfoChanged): void {
  if (value.name !== undefined) to.writeText(builder, 0, value.name);
}

export const sessionInfoChangedCodec: StructCodec<types.SessionInfoChanged> = {
  name: 'SessionInfoChanged',
  dataBytes: 0,
  pointerCount: 1,
  read: readSessionInfoChanged,
  write: writeSessionInfoChanged,
};

export function readSessionBeforeSwitch(view: StructView): types.SessionBeforeSwitch {
  return {
    reason: values.readEnum(view, 0, types.switchReasonValues, 'SwitchReason'),
    targetSessionFile: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
  };
}

export function writeSessionBeforeSwitch(builder: Struct, value: types.SessionBeforeSwitch): void {
  to.writeEnum(builder, 0, value.reason, types.switchReasonValues, 'SwitchReason');
  if (value.targetSessionFile !== undefined) to.writeText(builder, 0, value.targetSessionFile);
}

export const sessionBeforeSwitchCodec: StructCodec<types.SessionBeforeSwitch> = {
  name: 'SessionBeforeSwitch',
  dataBytes: 8,
  pointerCount: 1,
  read: readSessionBeforeSwitch,
  write: writeSessionBeforeSwitch,
};

export function readSessionBeforeFork(view: StructView): types.SessionBeforeFork {
  return {
    entryId: values.readText(view, 0),
    position: values.readEnum(view, 0, types.forkPositionValues, 'ForkPosition'),
  };
}

export function writeSessionBeforeFork(builder: Struct, value: types.SessionBeforeFork): void {
  to.writeText(builder, 0, value.entryId);
  to.writeEnum(builder, 0, value.position, types.forkPositionValues, 'ForkPosition');
}

export const sessionBeforeForkCodec: StructCodec<types.SessionBeforeFork> = {
  name: 'SessionBeforeFork',
  dataBytes: 8,
  pointerCount: 1,
  read: readSessionBeforeFork,
  write: writeSessionBeforeFork,
};

export function readSessionBeforeCompact(view: StructView): types.SessionBeforeCompact {
  return {
    reason: values.readEnum(view, 0, types.compactReasonValues, 'CompactReason'),
    willRetry: values.readBool(view, 16),
    firstKeptEntryId: values.readText(view, 0),
    tokensBefore: values.readUint32(view, 4),
    isSplitTurn: values.readBool(view, 17),
    messageCount: values.readUint32(view, 8),
    turnPrefixCount: values.readUint32(view, 12),
    previousSummary: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    customInstructions: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    readFiles: lists.readList(view, 3, lists.texts),
    writtenFiles: lists.readList(view, 4, lists.texts),
    editedFiles: lists.readList(view, 5, lists.texts),
    reserveTokens: values.readUint32(view, 16),
    keepRecentTokens: values.readUint32(view, 20),
  };
}

export function writeSessionBeforeCompact(builder: Struct, value: types.SessionBeforeCompact): void {
  to.writeEnum(builder, 0, value.reason, types.compactReasonValues, 'CompactReason');
  to.writeBool(builder, 16, value.willRetry);
  to.writeText(builder, 0, value.firstKeptEntryId);
  to.writeUint32(builder, 4, value.tokensBefore);
  to.writeBool(builder, 17, value.isSplitTurn);
  to.writeUint32(builder, 8, value.messageCount);
  to.writeUint32(builder, 12, value.turnPrefixCount);
  if (value.previousSummary !== undefined) to.writeText(builder, 1, value.previousSummary);
  if (value.customInstructions !== undefined) to.writeText(builder, 2, value.customInstructions);
  lists.writeList(builder, 3, lists.texts, value.readFiles);
  lists.writeList(builder, 4, lists.texts, value.writtenFiles);
  lists.writeList(builder, 5, lists.texts, value.editedFiles);
  to.writeUint32(builder, 16, value.reserveTokens);
  to.writeUint32(builder, 20, value.keepRecentTokens);
}

export const sessionBeforeCompactCodec: StructCodec<types.SessionBeforeCompact> = {
  name: 'SessionBeforeCompact',
  dataBytes: 24,
  pointerCount: 6,
  read: readSessionBeforeCompact,
  write: writeSessionBeforeCompact,
};

export function readSessionCompact(view: StructView): types.SessionCompact {
  return {
    reason: values.readEnum(view, 0, types.compactReasonValues, 'CompactReason'),
    willRetry: values.readBool(view, 16),
    fromExtension: values.readBool(view, 17),
    entryId: values.readText(view, 0),
    summary: values.readText(view, 1),
    firstKeptEntryId: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    tokensBefore: values.readUint32(view, 4),
  };
}

export function writeSessionCompact(builder: Struct, value: types.SessionCompact): void {
  to.writeEnum(builder, 0, value.reason, types.compactReasonValues, 'CompactReason');
  to.writeBool(builder, 16, value.willRetry);
  to.writeBool(builder, 17, value.fromExtension);
  to.writeText(builder, 0, value.entryId);
  to.writeText(builder, 1, value.summary);
  if (value.firstKeptEntryId !== undefined) to.writeText(builder, 2, value.firstKeptEntryId);
  to.writeUint32(builder, 4, value.tokensBefore);
}

export const sessionCompactCodec: StructCodec<types.SessionCompact> = {
  name: 'SessionCompact',
  dataBytes: 8,
  pointerCount: 3,
  read: readSessionCompact,
  write: writeSessionCompact,
};

export function readSessionCompactFailed(view: StructView): types.SessionCompactFailed {
  return {
    reason: values.readEnum(view, 0, types.compactReasonValues, 'CompactReason'),
    willRetry: values.readBool(view, 16),
    fromExtension: values.readBool(view, 17),
    aborted: values.readBool(view, 18),
    errorMessage: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
  };
}

export function writeSessionCompactFailed(builder: Struct, value: types.SessionCompactFailed): void {
  to.writeEnum(builder, 0, value.reason, types.compactReasonValues, 'CompactReason');
  to.writeBool(builder, 16, value.willRetry);
  to.writeBool(builder, 17, value.fromExtension);
  to.writeBool(builder, 18, value.aborted);
  if (value.errorMessage !== undefined) to.writeText(builder, 0, value.errorMessage);
}

export const sessionCompactFailedCodec: StructCodec<types.SessionCompactFailed> = {
  name: 'SessionCompactFailed',
  dataBytes: 8,
  pointerCount: 1,
  read: readSessionCompactFailed,
  write: writeSessionCompactFailed,
};

export function readSessionShutdown(view: StructView): types.SessionShutdown {
  return {
    reason: values.readEnum(view, 0, types.shutdownReasonValues, 'ShutdownReason'),
    targetSessionFile: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
  };
}

export function writeSessionShutdown(builder: Struct, value: types.SessionShutdown): void {
  to.writeEnum(builder, 0, value.reason, types.shutdownReasonValues, 'ShutdownReason');
  if (value.targetSessionFile !== undefined) to.writeText(builder, 0, value.targetSessionFile);
}

export const sessionShutdownCodec: StructCodec<types.SessionShutdown> = {
  name: 'SessionShutdown',
  dataBytes: 8,
  pointerCount: 1,
  read: readSessionShutdown,
  write: writeSessionShutdown,
};

export function readSessionBeforeTree(view: StructView): types.SessionBeforeTree {
  return {
    targetId: values.readText(view, 0),
    oldLeafId: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    commonAncestorId: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    entryIdsToSummarize: lists.readList(view, 3, lists.texts),
    userWantsSummary: values.readBool(view, 0),
    customInstructions: values.hasPointer(view, 4) ? values.readText(view, 4) : undefined,
    replaceInstructions: values.hasPointer(view, 5) ? values.readStruct(view, 5, readBoxedBool).value : undefined,
    label: values.hasPointer(view, 6) ? values.readText(view, 6) : undefined,
  };
}

export function writeSessionBeforeTree(builder: Struct, value: types.SessionBeforeTree): void {
  to.writeText(builder, 0, value.targetId);
  if (value.oldLeafId !== undefined) to.writeText(builder, 1, value.oldLeafId);
  if (value.commonAncestorId !== undefined) to.writeText(builder, 2, value.commonAncestorId);
  lists.writeList(builder, 3, lists.texts, value.entryIdsToSummarize);
  to.writeBool(builder, 0, value.userWantsSummary);
  if (value.customInstructions !== undefined) to.writeText(builder, 4, value.customInstructions);
  if (value.replaceInstructions !== undefined)
    to.writeStruct(builder, 5, boxedBoolCodec, { value: value.replaceInstructions });
  if (value.label !== undefined) to.writeText(builder, 6, value.label);
}

export const sessionBeforeTreeCodec: StructCodec<types.SessionBeforeTree> = {
  name: 'SessionBeforeTree',
  dataBytes: 8,
  pointerCount: 7,
  read: readSessionBeforeTree,
  write: writeSessionBeforeTree,
};

export function readSessionTree(view: StructView): types.SessionTree {
  return {
    newLeafId: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
    oldLeafId: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    summaryEntryId: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    fromExtension: values.hasPointer(view, 3) ? values.readStruct(view, 3, readBoxedBool).value : undefined,
  };
}

export function writeSessionTree(builder: Struct, value: types.SessionTree): void {
  if (value.newLeafId !== undefined) to.writeText(builder, 0, value.newLeafId);
  if (value.oldLeafId !== undefined) to.writeText(builder, 1, value.oldLeafId);
  if (value.summaryEntryId !== undefined) to.writeText(builder, 2, value.summaryEntryId);
  if (value.fromExtension !== undefined) to.writeStruct(builder, 3, boxedBoolCodec, { value: value.fromExtension });
}

export const sessionTreeCodec: StructCodec<types.SessionTree> = {
  name: 'SessionTree',
  dataBytes: 0,
  pointerCount: 4,
  read: readSessionTree,
  write: writeSessionTree,
};

export function readContextMessages(view: StructView): types.ContextMessages {
  return {
    messages: lists.readList(view, 0, lists.structs(messageCodec)),
  };
}

export function writeContextMessages(builder: Struct, value: types.ContextMessages): void {
  lists.writeList(builder, 0, lists.structs(messageCodec), value.messages);
}

export const contextMessagesCodec: StructCodec<types.ContextMessages> = {
  name: 'ContextMessages',
  dataBytes: 0,
  pointerCount: 1,
  read: readContextMessages,
  write: writeContextMessages,
};

export function readMessage(view: StructView): types.Message {
  return {
    role: values.readText(view, 0),
    json: values.readText(view, 1),
  };
}

export function writeMessage(builder: Struct, value: types.Message): void {
  to.writeText(builder, 0, value.role);
  to.writeText(builder, 1, value.json);
}

export const messageCodec: StructCodec<types.Message> = {
  name: 'Message',
  dataBytes: 0,
  pointerCount: 2,
  read: readMessage,
  write: writeMessage,
};

export function readCacheWarmingDecision(view: StructView): types.CacheWarmingDecision {
  return {
    warmCost: values.readFloat64(view, 0),
    missCost: values.readFloat64(view, 8),
    continuationProbability: values.readFloat64(view, 16),
    action: values.readEnum(view, 24, types.cacheWarmingActionValues, 'CacheWarmingAction'),
  };
}

export function writeCacheWarmingDecision(builder: Struct, value: types.CacheWarmingDecision): void {
  to.writeFloat64(builder, 0, value.warmCost);
  to.writeFloat64(builder, 8, value.missCost);
  to.writeFloat64(builder, 16, value.continuationProbability);
  to.writeEnum(builder, 24, value.action, types.cacheWarmingActionValues, 'CacheWarmingAction');
}

export const cacheWarmingDecisionCodec: StructCodec<types.CacheWarmingDecision> = {
  name: 'CacheWarmingDecision',
  dataBytes: 32,
  pointerCount: 0,
  read: readCacheWarmingDecision,
  write: writeCacheWarmingDecision,
};

export function readProviderRequest(view: StructView): types.ProviderRequest {
  return {
    payloadJson: values.readText(view, 0),
  };
}

export function writeProviderRequest(builder: Struct, value: types.ProviderRequest): void {
  to.writeText(builder, 0, value.payloadJson);
}

export const providerRequestCodec: StructCodec<types.ProviderRequest> = {
  name: 'ProviderRequest',
  dataBytes: 0,
  pointerCount: 1,
  read: readProviderRequest,
  write: writeProviderRequest,
};

export function readProviderHeaders(view: StructView): types.ProviderHeaders {
  return {
    headers: lists.readList(view, 0, lists.structs(headerCodec)),
  };
}

export function writeProviderHeaders(builder: Struct, value: types.ProviderHeaders): void {
  lists.writeList(builder, 0, lists.structs(headerCodec), value.headers);
}

export const providerHeadersCodec: StructCodec<types.ProviderHeaders> = {
  name: 'ProviderHeaders',
  dataBytes: 0,
  pointerCount: 1,
  read: readProviderHeaders,
  write: writeProviderHeaders,
};

export function readHeader(view: StructView): types.Header {
  return {
    name: values.readText(view, 0),
    value: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
  };
}

export function writeHeader(builder: Struct, value: types.Header): void {
  to.writeText(builder, 0, value.name);
  if (value.value !== undefined) to.writeText(builder, 1, value.value);
}

export const headerCodec: StructCodec<types.Header> = {
  name: 'Header',
  dataBytes: 0,
  pointerCount: 2,
  read: readHeader,
  write: writeHeader,
};

export function readAfterProviderResponse(view: StructView): types.AfterProviderResponse {
  return {
    status: values.readUint16(view, 0),
    headers: lists.readList(view, 0, lists.structs(headerCodec)),
  };
}

export function writeAfterProviderResponse(builder: Struct, value: types.AfterProviderResponse): void {
  to.writeUint16(builder, 0, value.status);
  lists.writeList(builder, 0, lists.structs(headerCodec), value.headers);
}

export const afterProviderResponseCodec: StructCodec<types.AfterProviderResponse> = {
  name: 'AfterProviderResponse',
  dataBytes: 8,
  pointerCount: 1,
  read: readAfterProviderResponse,
  write: writeAfterProviderResponse,
};

export function readProviderStreamEvent(view: StructView): types.ProviderStreamEvent {
  return {
    provider: values.readText(view, 0),
    api: values.readText(view, 1),
    model: values.readText(view, 2),
    dataJson: values.readText(view, 3),
  };
}

export function writeProviderStreamEvent(builder: Struct, value: types.ProviderStreamEvent): void {
  to.writeText(builder, 0, value.provider);
  to.writeText(builder, 1, value.api);
  to.writeText(builder, 2, value.model);
  to.writeText(builder, 3, value.dataJson);
}

export const providerStreamEventCodec: StructCodec<types.ProviderStreamEvent> = {
  name: 'ProviderStreamEvent',
  dataBytes: 0,
  pointerCount: 4,
  read: readProviderStreamEvent,
  write: writeProviderStreamEvent,
};

export function readBeforeAgentStart(view: StructView): types.BeforeAgentStart {
  return {
    prompt: values.readText(view, 0),
    systemPromptDigest: values.readText(view, 1),
    imageCount: values.readUint32(view, 0),
    customMessage: values.hasPointer(view, 2) ? values.readStruct(view, 2, readCustomMessage) : undefined,
  };
}

export function writeBeforeAgentStart(builder: Struct, value: types.BeforeAgentStart): void {
  to.writeText(builder, 0, value.prompt);
  to.writeText(builder, 1, value.systemPromptDigest);
  to.writeUint32(builder, 0, value.imageCount);
  if (value.customMessage !== undefined) to.writeStruct(builder, 2, customMessageCodec, value.customMessage);
}

export const beforeAgentStartCodec: StructCodec<types.BeforeAgentStart> = {
  name: 'BeforeAgentStart',
  dataBytes: 8,
  pointerCount: 3,
  read: readBeforeAgentStart,
  write: writeBeforeAgentStart,
};

export function readAgentStart(_view: StructView): types.AgentStart {
  return {};
}

export function writeAgentStart(_builder: Struct, _value: types.AgentStart): void {}

export const agentStartCodec: StructCodec<types.AgentStart> = {
  name: 'AgentStart',
  dataBytes: 0,
  pointerCount: 0,
  read: readAgentStart,
  write: writeAgentStart,
};

export function readAgentEnd(view: StructView): types.AgentEnd {
  return {
    messageCount: values.readUint32(view, 0),
    lastAssistantText: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
    stopReason: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
  };
}

export function writeAgentEnd(builder: Struct, value: types.AgentEnd): void {
  to.writeUint32(builder, 0, value.messageCount);
  if (value.lastAssistantText !== undefined) to.writeText(builder, 0, value.lastAssistantText);
  if (value.stopReason !== undefined) to.writeText(builder, 1, value.stopReason);
}

export const agentEndCodec: StructCodec<types.AgentEnd> = {
  name: 'AgentEnd',
  dataBytes: 8,
  pointerCount: 2,
  read: readAgentEnd,
  write: writeAgentEnd,
};

export function readAgentBeforeSettle(view: StructView): types.AgentBeforeSettle {
  return {
    outcome: values.readEnum(view, 0, types.outcomeValues, 'Outcome'),
    entries: lists.readList(view, 0, lists.structs(entryDraftCodec)),
    continues: values.readBool(view, 16),
  };
}

export function writeAgentBeforeSettle(builder: Struct, value: types.AgentBeforeSettle): void {
  to.writeEnum(builder, 0, value.outcome, types.outcomeValues, 'Outcome');
  lists.writeList(builder, 0, lists.structs(entryDraftCodec), value.entries);
  to.writeBool(builder, 16, value.continues);
}

export const agentBeforeSettleCodec: StructCodec<types.AgentBeforeSettle> = {
  name: 'AgentBeforeSettle',
  dataBytes: 8,
  pointerCount: 1,
  read: readAgentBeforeSettle,
  write: writeAgentBeforeSettle,
};

export function readEntryDraft(view: StructView): types.EntryDraft {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'custom', custom: readEntryDraftCustom(view) };
    case 1:
      return { which: 'customMessage', customMessage: values.readStruct(view, 0, readCustomMessage) };
    case 2:
      return { which: 'contextEdit', contextEdit: readEntryDraftContextEdit(view) };
    case 3:
      return { which: 'compaction', compaction: readEntryDraftCompaction(view) };
    default:
      throw values.unknownArm('EntryDraft', which);
  }
}

export function writeEntryDraft(builder: Struct, value: types.EntryDraft): void {
  switch (value.which) {
    case 'custom':
      to.writeUint16(builder, 0, 0);
      writeEntryDraftCustom(builder, value.custom);
      break;
    case 'customMessage':
      to.writeUint16(builder, 0, 1);
      to.writeStruct(builder, 0, customMessageCodec, value.customMessage);
      break;
    case 'contextEdit':
      to.writeUint16(builder, 0, 2);
      writeEntryDraftContextEdit(builder, value.contextEdit);
      break;
    case 'compaction':
      to.writeUint16(builder, 0, 3);
      writeEntryDraftCompaction(builder, value.compaction);
      break;
    default:
      throw to.unknownWhich('EntryDraft', value);
  }
}

export const entryDraftCodec: StructCodec<types.EntryDraft> = {
  name: 'EntryDraft',
  dataBytes: 8,
  pointerCount: 4,
  read: readEntryDraft,
  write: writeEntryDraft,
};

function readEntryDraftCustom(view: StructView): types.EntryDraftCustom {
  return {
    customType: values.readText(view, 0),
    dataJson: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
  };
}

function writeEntryDraftCustom(builder: Struct, value: types.EntryDraftCustom): void {
  to.writeText(builder, 0, value.customType);
  if (value.dataJson !== undefined) to.writeText(builder, 1, value.dataJson);
}

function readEntryDraftContextEdit(view: StructView): types.EntryDraftContextEdit {
  return {
    targetId: values.readText(view, 0),
    replacementJson: values.readText(view, 1),
  };
}

function writeEntryDraftContextEdit(builder: Struct, value: types.EntryDraftContextEdit): void {
  to.writeText(builder, 0, value.targetId);
  to.writeText(builder, 1, value.replacementJson);
}

function readEntryDraftCompaction(view: StructView): types.EntryDraftCompaction {
  return {
    summary: values.readText(view, 0),
    firstKeptEntryId: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    detailsJson: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    usageJson: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

function writeEntryDraftCompaction(builder: Struct, value: types.EntryDraftCompaction): void {
  to.writeText(builder, 0, value.summary);
  if (value.firstKeptEntryId !== undefined) to.writeText(builder, 1, value.firstKeptEntryId);
  if (value.detailsJson !== undefined) to.writeText(builder, 2, value.detailsJson);
  if (value.usageJson !== undefined) to.writeText(builder, 3, value.usageJson);
}

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

export function readUiPrompt(view: StructView): types.UiPrompt {
  return {
    kind: values.readEnum(view, 0, types.uiPromptKindValues, 'UiPromptKind'),
    title: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
  };
}

export function writeUiPrompt(builder: Struct, value: types.UiPrompt): void {
  to.writeEnum(builder, 0, value.kind, types.uiPromptKindValues, 'UiPromptKind');
  if (value.title !== undefined) to.writeText(builder, 0, value.title);
}

export const uiPromptCodec: StructCodec<types.UiPrompt> = {
  name: 'UiPrompt',
  dataBytes: 8,
  pointerCount: 1,
  read: readUiPrompt,
  write: writeUiPrompt,
};

export function readTurnStart(view: StructView): types.TurnStart {
  return {
    turnIndex: values.readUint32(view, 0),
    atMs: values.readFloat64(view, 8),
  };
}

export function writeTurnStart(builder: Struct, value: types.TurnStart): void {
  to.writeUint32(builder, 0, value.turnIndex);
  to.writeFloat64(builder, 8, value.atMs);
}

export const turnStartCodec: StructCodec<types.TurnStart> = {
  name: 'TurnStart',
  dataBytes: 16,
  pointerCount: 0,
  read: readTurnStart,
  write: writeTurnStart,
};

export function readTurnEnd(view: StructView): types.TurnEnd {
  return {
    turnIndex: values.readUint32(view, 0),
    message: values.readStruct(view, 0, readMessage),
    toolResults: lists.readList(view, 1, lists.structs(toolResultSummaryCodec)),
    messageEntryId: values.readText(view, 2),
    toolResultEntryIds: lists.readList(view, 3, lists.texts),
    outcome: values.readEnum(view, 4, types.outcomeValues, 'Outcome'),
    entries: lists.readList(view, 4, lists.structs(entryDraftCodec)),
    continues: values.readBool(view, 48),
  };
}

export function writeTurnEnd(builder: Struct, value: types.TurnEnd): void {
  to.writeUint32(builder, 0, value.turnIndex);
  to.writeStruct(builder, 0, messageCodec, value.message);
  lists.writeList(builder, 1, lists.structs(toolResultSummaryCodec), value.toolResults);
  to.writeText(builder, 2, value.messageEntryId);
  lists.writeList(builder, 3, lists.texts, value.toolResultEntryIds);
  to.writeEnum(builder, 4, value.outcome, types.outcomeValues, 'Outcome');
  lists.writeList(builder, 4, lists.structs(entryDraftCodec), value.entries);
  to.writeBool(builder, 48, value.continues);
}

export const turnEndCodec: StructCodec<types.TurnEnd> = {
  name: 'TurnEnd',
  dataBytes: 8,
  pointerCount: 5,
  read: readTurnEnd,
  write: writeTurnEnd,
};

export function readToolResultSummary(view: StructView): types.ToolResultSummary {
  return {
    toolCallId: values.readText(view, 0),
    toolName: values.readText(view, 1),
    isError: values.readBool(view, 0),
  };
}

export function writeToolResultSummary(builder: Struct, value: types.ToolResultSummary): void {
  to.writeText(builder, 0, value.toolCallId);
  to.writeText(builder, 1, value.toolName);
  to.writeBool(builder, 0, value.isError);
}

export const toolResultSummaryCodec: StructCodec<types.ToolResultSummary> = {
  name: 'ToolResultSummary',
  dataBytes: 8,
  pointerCount: 2,
  read: readToolResultSummary,
  write: writeToolResultSummary,
};

export function readMessageEvent(view: StructView): types.MessageEvent {
  return {
    message: values.readStruct(view, 0, readMessage),
  };
}

export function writeMessageEvent(builder: Struct, value: types.MessageEvent): void {
  to.writeStruct(builder, 0, messageCodec, value.message);
}

export const messageEventCodec: StructCodec<types.MessageEvent> = {
  name: 'MessageEvent',
  dataBytes: 0,
  pointerCount: 1,
  read: readMessageEvent,
  write: writeMessageEvent,
};

export function readMessageUpdate(view: StructView): types.MessageUpdate {
  return {
    kind: values.readText(view, 0),
    contentIndex: values.readUint32(view, 0),
    delta: values.readText(view, 1),
  };
}

export function writeMessageUpdate(builder: Struct, value: types.MessageUpdate): void {
  to.writeText(builder, 0, value.kind);
  to.writeUint32(builder, 0, value.contentIndex);
  to.writeText(builder, 1, value.delta);
}

export const messageUpdateCodec: StructCodec<types.MessageUpdate> = {
  name: 'MessageUpdate',
  dataBytes: 8,
  pointerCount: 2,
  read: readMessageUpdate,
  write: writeMessageUpdate,
};

export function readToolExecutionStart(view: StructView): types.ToolExecutionStart {
  return {
    toolCallId: values.readText(view, 0),
    toolName: values.readText(view, 1),
    argsJson: values.readText(view, 2),
    parentToolCallId: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

export function writeToolExecutionStart(builder: Struct, value: types.ToolExecutionStart): void {
  to.writeText(builder, 0, value.toolCallId);
  to.writeText(builder, 1, value.toolName);
  to.writeText(builder, 2, value.argsJson);
  if (value.parentToolCallId !== undefined) to.writeText(builder, 3, value.parentToolCallId);
}

export const toolExecutionStartCodec: StructCodec<types.ToolExecutionStart> = {
  name: 'ToolExecutionStart',
  dataBytes: 0,
  pointerCount: 4,
  read: readToolExecutionStart,
  write: writeToolExecutionStart,
};

export function readToolExecutionUpdate(view: StructView): types.ToolExecutionUpdate {
  return {
    toolCallId: values.readText(view, 0),
    toolName: values.readText(view, 1),
    partialResultJson: values.readText(view, 2),
    parentToolCallId: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

export function writeToolExecutionUpdate(builder: Struct, value: types.ToolExecutionUpdate): void {
  to.writeText(builder, 0, value.toolCallId);
  to.writeText(builder, 1, value.toolName);
  to.writeText(builder, 2, value.partialResultJson);
  if (value.parentToolCallId !== undefined) to.writeText(builder, 3, value.parentToolCallId);
}

export const toolExecutionUpdateCodec: StructCodec<types.ToolExecutionUpdate> = {
  name: 'ToolExecutionUpdate',
  dataBytes: 0,
  pointerCount: 4,
  read: readToolExecutionUpdate,
  write: writeToolExecutionUpdate,
};

export function readToolExecutionEnd(view: StructView): types.ToolExecutionEnd {
  return {
    toolCallId: values.readText(view, 0),
    toolName: values.readText(view, 1),
    resultJson: values.readText(view, 2),
    isError: values.readBool(view, 0),
    durationMs: values.hasPointer(view, 3) ? values.readStruct(view, 3, readBoxedFloat64).value : undefined,
    parentToolCallId: values.hasPointer(view, 4) ? values.readText(view, 4) : undefined,
  };
}

export function writeToolExecutionEnd(builder: Struct, value: types.ToolExecutionEnd): void {
  to.writeText(builder, 0, value.toolCallId);
  to.writeText(builder, 1, value.toolName);
  to.writeText(builder, 2, value.resultJson);
  to.writeBool(builder, 0, value.isError);
  if (value.durationMs !== undefined) to.writeStruct(builder, 3, boxedFloat64Codec, { value: value.durationMs });
  if (value.parentToolCallId !== undefined) to.writeText(builder, 4, value.parentToolCallId);
}

export const toolExecutionEndCodec: StructCodec<types.ToolExecutionEnd> = {
  name: 'ToolExecutionEnd',
  dataBytes: 8,
  pointerCount: 5,
  read: readToolExecutionEnd,
  write: writeToolExecutionEnd,
};

export function readModelSelect(view: StructView): types.ModelSelect {
  return {
    model: values.readStruct(view, 0, readModelRef),
    previousModel: values.hasPointer(view, 1) ? values.readStruct(view, 1, readModelRef) : undefined,
    source: values.readEnum(view, 0, types.modelSelectSourceValues, 'ModelSelectSource'),
  };
}

export function writeModelSelect(builder: Struct, value: types.ModelSelect): void {
  to.writeStruct(builder, 0, modelRefCodec, value.model);
  if (value.previousModel !== undefined) to.writeStruct(builder, 1, modelRefCodec, value.previousModel);
  to.writeEnum(builder, 0, value.source, types.modelSelectSourceValues, 'ModelSelectSource');
}

export const modelSelectCodec: StructCodec<types.ModelSelect> = {
  name: 'ModelSelect',
  dataBytes: 8,
  pointerCount: 2,
  read: readModelSelect,
  write: writeModelSelect,
};

export function readThinkingLevelSelect(view: StructView): types.ThinkingLevelSelect {
  return {
    level: values.readText(view, 0),
    previousLevel: values.readText(view, 1),
  };
}

export function writeThinkingLevelSelect(builder: Struct, value: types.ThinkingLevelSelect): void {
  to.writeText(builder, 0, value.level);
  to.writeText(builder, 1, value.previousLevel);
}

export const thinkingLevelSelectCodec: StructCodec<types.ThinkingLevelSelect> = {
  name: 'ThinkingLevelSelect',
  dataBytes: 0,
  pointerCount: 2,
  read: readThinkingLevelSelect,
  write: writeThinkingLevelSelect,
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
    structuredContentJson: values.hasPointer(view, 5) ? values.readText(view, 5) : undefined,
    isError: values.readBool(view, 0),
    usageJson: values.hasPointer(view, 6) ? values.readText(view, 6) : undefined,
    parentToolCallId: values.hasPointer(view, 7) ? values.readText(view, 7) : undefined,
  };
}

export function writeToolResultEvent(builder: Struct, value: types.ToolResultEvent): void {
  to.writeText(builder, 0, value.toolCallId);
  to.writeText(builder, 1, value.toolName);
  to.writeText(builder, 2, value.inputJson);
  lists.writeList(builder, 3, lists.structs(contentBlockCodec), value.content);
  if (value.detailsJson !== undefined) to.writeText(builder, 4, value.detailsJson);
  if (value.structuredContentJson !== undefined) to.writeText(builder, 5, value.structuredContentJson);
  to.writeBool(builder, 0, value.isError);
  if (value.usageJson !== undefined) to.writeText(builder, 6, value.usageJson);
  if (value.parentToolCallId !== undefined) to.writeText(builder, 7, value.parentToolCallId);
}

export const toolResultEventCodec: StructCodec<types.ToolResultEvent> = {
  name: 'ToolResultEvent',
  dataBytes: 8,
  pointerCount: 8,
  read: readToolResultEvent,
  write: writeToolResultEvent,
};

export function readUserBash(view: StructView): types.UserBash {
  return {
    command: values.readText(view, 0),
    excludeFromContext: values.readBool(view, 0),
    cwd: values.readText(view, 1),
  };
}

export function writeUserBash(builder: Struct, value: types.UserBash): void {
  to.writeText(builder, 0, value.command);
  to.writeBool(builder, 0, value.excludeFromContext);
  to.writeText(builder, 1, value.cwd);
}

export const userBashCodec: StructCodec<types.UserBash> = {
  name: 'UserBash',
  dataBytes: 8,
  pointerCount: 2,
  read: readUserBash,
  write: writeUserBash,
};

export function readInputEvent(view: StructView): types.InputEvent {
  return {
    text: values.readText(view, 0),
    images: lists.readList(view, 1, lists.structs(contentBlockCodec)),
    source: values.readEnum(view, 0, types.inputSourceValues, 'InputSource'),
    streamingBehavior: values.readEnum(view, 2, types.deliveryValues, 'Delivery'),
  };
}

export function writeInputEvent(builder: Struct, value: types.InputEvent): void {
  to.writeText(builder, 0, value.text);
  lists.writeList(builder, 1, lists.structs(contentBlockCodec), value.images);
  to.writeEnum(builder, 0, value.source, types.inputSourceValues, 'InputSource');
  to.writeEnum(builder, 2, value.streamingBehavior, types.deliveryValues, 'Delivery');
}

export const inputEventCodec: StructCodec<types.InputEvent> = {
  name: 'InputEvent',
  dataBytes: 8,
  pointerCount: 2,
  read: readInputEvent,
  write: writeInputEvent,
};

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
      return { which: 'cancel', cancel: values.readStruct(view, 0, readCancelAnswer) };
    case 6:
      return { which: 'input', input: values.readStruct(view, 0, readInputAnswer) };
    case 7:
      return { which: 'beforeAgentStart', beforeAgentStart: values.readStruct(view, 0, readBeforeAgentStartAnswer) };
    case 8:
      return { which: 'boundary', boundary: values.readStruct(view, 0, readBoundaryAnswer) };
    case 9:
      return { which: 'resources', resources: values.readStruct(view, 0, readResourcesAnswer) };
    case 10:
      return { which: 'userBashResult', userBashResult: values.readStruct(view, 0, readUserBashAnswer) };
    case 11:
      return { which: 'compaction', compaction: values.readStruct(view, 0, readCompactionAnswer) };
    case 12:
      return { which: 'tree', tree: values.readStruct(view, 0, readTreeAnswer) };
    case 13:
      return { which: 'contextMessages', contextMessages: values.readStruct(view, 0, readContextMessages) };
    case 14:
      return { which: 'messageEnd', messageEnd: values.readStruct(view, 0, readMessageEvent) };
    case 15:
      return { which: 'headers', headers: values.readStruct(view, 0, readProviderHeaders) };
    case 16:
      return { which: 'providerRequest', providerRequest: values.readStruct(view, 0, readProviderRequest) };
    case 17:
      return { which: 'cacheWarming', cacheWarming: values.readStruct(view, 0, readCacheWarmingAnswer) };
    case 18:
      return { which: 'projectTrust', projectTrust: values.readStruct(view, 0, readProjectTrustAnswer) };
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
    case 'cancel':
      to.writeUint16(builder, 0, 5);
      to.writeStruct(builder, 0, cancelAnswerCodec, value.cancel);
      break;
    case 'input':
      to.writeUint16(builder, 0, 6);
      to.writeStruct(builder, 0, inputAnswerCodec, value.input);
      break;
    case 'beforeAgentStart':
      to.writeUint16(builder, 0, 7);
      to.writeStruct(builder, 0, beforeAgentStartAnswerCodec, value.beforeAgentStart);
      break;
    case 'boundary':
      to.writeUint16(builder, 0, 8);
      to.writeStruct(builder, 0, boundaryAnswerCodec, value.boundary);
      break;
    case 'resources':
      to.writeUint16(builder, 0, 9);
      to.writeStruct(builder, 0, resourcesAnswerCodec, value.resources);
      break;
    case 'userBashResult':
      to.writeUint16(builder, 0, 10);
      to.writeStruct(builder, 0, userBashAnswerCodec, value.userBashResult);
      break;
    case 'compaction':
      to.writeUint16(builder, 0, 11);
      to.writeStruct(builder, 0, compactionAnswerCodec, value.compaction);
      break;
    case 'tree':
      to.writeUint16(builder, 0, 12);
      to.writeStruct(builder, 0, treeAnswerCodec, value.tree);
      break;
    case 'contextMessages':
      to.writeUint16(builder, 0, 13);
      to.writeStruct(builder, 0, contextMessagesCodec, value.contextMessages);
      break;
    case 'messageEnd':
      to.writeUint16(builder, 0, 14);
      to.writeStruct(builder, 0, messageEventCodec, value.messageEnd);
      break;
    case 'headers':
      to.writeUint16(builder, 0, 15);
      to.writeStruct(builder, 0, providerHeadersCodec, value.headers);
      break;
    case 'providerRequest':
      to.writeUint16(builder, 0, 16);
      to.writeStruct(builder, 0, providerRequestCodec, value.providerRequest);
      break;
    case 'cacheWarming':
      to.writeUint16(builder, 0, 17);
      to.writeStruct(builder, 0, cacheWarmingAnswerCodec, value.cacheWarming);
      break;
    case 'projectTrust':
      to.writeUint16(builder, 0, 18);
      to.writeStruct(builder, 0, projectTrustAnswerCodec, value.projectTrust);
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
    structuredContentJson: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    isError: values.hasPointer(view, 3) ? values.readStruct(view, 3, readBoxedBool).value : undefined,
    usageJson: values.hasPointer(view, 4) ? values.readText(view, 4) : undefined,
  };
}

export function writePatchToolResult(builder: Struct, value: types.PatchToolResult): void {
  if (value.content !== undefined) lists.writeList(builder, 0, lists.structs(contentBlockCodec), value.content);
  if (value.detailsJson !== undefined) to.writeText(builder, 1, value.detailsJson);
  if (value.structuredContentJson !== undefined) to.writeText(builder, 2, value.structuredContentJson);
  if (value.isError !== undefined) to.writeStruct(builder, 3, boxedBoolCodec, { value: value.isError });
  if (value.usageJson !== undefined) to.writeText(builder, 4, value.usageJson);
}

export const patchToolResultCodec: StructCodec<types.PatchToolResult> = {
  name: 'PatchToolResult',
  dataBytes: 0,
  pointerCount: 5,
  read: readPatchToolResult,
  write: writePatchToolResult,
};

export function readCancelAnswer(view: StructView): types.CancelAnswer {
  return {
    reason: values.hasPointer(view, 0) ? values.readText(view, 0) : undefined,
    skipConversationRestore: values.readBool(view, 0),
  };
}

export function writeCancelAnswer(builder: Struct, value: types.CancelAnswer): void {
  if (value.reason !== undefined) to.writeText(builder, 0, value.reason);
  to.writeBool(builder, 0, value.skipConversationRestore);
}

export const cancelAnswerCodec: StructCodec<types.CancelAnswer> = {
  name: 'CancelAnswer',
  dataBytes: 8,
  pointerCount: 1,
  read: readCancelAnswer,
  write: writeCancelAnswer,
};

export function readInputAnswer(view: StructView): types.InputAnswer {
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { which: 'continue' };
    case 1:
      return { which: 'transform', transform: readInputAnswerTransform(view) };
    case 2:
      return { which: 'handled' };
    default:
      throw values.unknownArm('InputAnswer', which);
  }
}

export function writeInputAnswer(builder: Struct, value: types.InputAnswer): void {
  switch (value.which) {
    case 'continue':
      to.writeUint16(builder, 0, 0);
      break;
    case 'transform':
      to.writeUint16(builder, 0, 1);
      writeInputAnswerTransform(builder, value.transform);
      break;
    case 'handled':
      to.writeUint16(builder, 0, 2);
      break;
    default:
      throw to.unknownWhich('InputAnswer', value);
  }
}

export const inputAnswerCodec: StructCodec<types.InputAnswer> = {
  name: 'InputAnswer',
  dataBytes: 8,
  pointerCount: 2,
  read: readInputAnswer,
  write: writeInputAnswer,
};

function readInputAnswerTransform(view: StructView): types.InputAnswerTransform {
  return {
    text: values.readText(view, 0),
    images: values.hasPointer(view, 1) ? lists.readList(view, 1, lists.structs(contentBlockCodec)) : undefined,
  };
}

function writeInputAnswerTransform(builder: Struct, value: types.InputAnswerTransform): void {
  to.writeText(builder, 0, value.text);
  if (value.images !== undefined) lists.writeList(builder, 1, lists.structs(contentBlockCodec), value.images);
}

export function readBeforeAgentStartAnswer(view: StructView): types.BeforeAgentStartAnswer {
  return {
    message: values.hasPointer(view, 0) ? values.readStruct(view, 0, readCustomMessage) : undefined,
    systemPrompt: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    appendToSystemPrompt: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

export function writeBeforeAgentStartAnswer(builder: Struct, value: types.BeforeAgentStartAnswer): void {
  if (value.message !== undefined) to.writeStruct(builder, 0, customMessageCodec, value.message);
  if (value.systemPrompt !== undefined) to.writeText(builder, 1, value.systemPrompt);
  if (value.appendToSystemPrompt !== undefined) to.writeText(builder, 2, value.appendToSystemPrompt);
}

export const beforeAgentStartAnswerCodec: StructCodec<types.BeforeAgentStartAnswer> = {
  name: 'BeforeAgentStartAnswer',
  dataBytes: 0,
  pointerCount: 3,
  read: readBeforeAgentStartAnswer,
  write: writeBeforeAgentStartAnswer,
};

export function readBoundaryAnswer(view: StructView): types.BoundaryAnswer {
  return {
    entries: values.hasPointer(view, 0) ? lists.readList(view, 0, lists.structs(entryDraftCodec)) : undefined,
    continues: values.hasPointer(view, 1) ? values.readStruct(view, 1, readBoxedBool).value : undefined,
  };
}

export function writeBoundaryAnswer(builder: Struct, value: types.BoundaryAnswer): void {
  if (value.entries !== undefined) lists.writeList(builder, 0, lists.structs(entryDraftCodec), value.entries);
  if (value.continues !== undefined) to.writeStruct(builder, 1, boxedBoolCodec, { value: value.continues });
}

export const boundaryAnswerCodec: StructCodec<types.BoundaryAnswer> = {
  name: 'BoundaryAnswer',
  dataBytes: 0,
  pointerCount: 2,
  read: readBoundaryAnswer,
  write: writeBoundaryAnswer,
};

export function readResourcesAnswer(view: StructView): types.ResourcesAnswer {
  return {
    skillPaths: lists.readList(view, 0, lists.texts),
    promptPaths: lists.readList(view, 1, lists.texts),
    themePaths: lists.readList(view, 2, lists.texts),
  };
}

export function writeResourcesAnswer(builder: Struct, value: types.ResourcesAnswer): void {
  lists.writeList(builder, 0, lists.texts, value.skillPaths);
  lists.writeList(builder, 1, lists.texts, value.promptPaths);
  lists.writeList(builder, 2, lists.texts, value.themePaths);
}

export const resourcesAnswerCodec: StructCodec<types.ResourcesAnswer> = {
  name: 'ResourcesAnswer',
  dataBytes: 0,
  pointerCount: 3,
  read: readResourcesAnswer,
  write: writeResourcesAnswer,
};

export function readUserBashAnswer(view: StructView): types.UserBashAnswer {
  return {
    output: values.readText(view, 0),
    exitCode: values.hasPointer(view, 1) ? values.readStruct(view, 1, readBoxedInt32).value : undefined,
    cancelled: values.readBool(view, 0),
    truncated: values.readBool(view, 1),
    fullOutputPath: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

export function writeUserBashAnswer(builder: Struct, value: types.UserBashAnswer): void {
  to.writeText(builder, 0, value.output);
  if (value.exitCode !== undefined) to.writeStruct(builder, 1, boxedInt32Codec, { value: value.exitCode });
  to.writeBool(builder, 0, value.cancelled);
  to.writeBool(builder, 1, value.truncated);
  if (value.fullOutputPath !== undefined) to.writeText(builder, 2, value.fullOutputPath);
}

export const userBashAnswerCodec: StructCodec<types.UserBashAnswer> = {
  name: 'UserBashAnswer',
  dataBytes: 8,
  pointerCount: 3,
  read: readUserBashAnswer,
  write: writeUserBashAnswer,
};

export function readCompactionAnswer(view: StructView): types.CompactionAnswer {
  return {
    summary: values.readText(view, 0),
    firstKeptEntryId: values.readText(view, 1),
    tokensBefore: values.readUint32(view, 0),
    usageJson: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
    detailsJson: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

export function writeCompactionAnswer(builder: Struct, value: types.CompactionAnswer): void {
  to.writeText(builder, 0, value.summary);
  to.writeText(builder, 1, value.firstKeptEntryId);
  to.writeUint32(builder, 0, value.tokensBefore);
  if (value.usageJson !== undefined) to.writeText(builder, 2, value.usageJson);
  if (value.detailsJson !== undefined) to.writeText(builder, 3, value.detailsJson);
}

export const compactionAnswerCodec: StructCodec<types.CompactionAnswer> = {
  name: 'CompactionAnswer',
  dataBytes: 8,
  pointerCount: 4,
  read: readCompactionAnswer,
  write: writeCompactionAnswer,
};

export function readTreeAnswer(view: StructView): types.TreeAnswer {
  return {
    summary: values.hasPointer(view, 0) ? values.readStruct(view, 0, readTreeSummary) : undefined,
    customInstructions: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    replaceInstructions: values.hasPointer(view, 2) ? values.readStruct(view, 2, readBoxedBool).value : undefined,
    label: values.hasPointer(view, 3) ? values.readText(view, 3) : undefined,
  };
}

export function writeTreeAnswer(builder: Struct, value: types.TreeAnswer): void {
  if (value.summary !== undefined) to.writeStruct(builder, 0, treeSummaryCodec, value.summary);
  if (value.customInstructions !== undefined) to.writeText(builder, 1, value.customInstructions);
  if (value.replaceInstructions !== undefined)
    to.writeStruct(builder, 2, boxedBoolCodec, { value: value.replaceInstructions });
  if (value.label !== undefined) to.writeText(builder, 3, value.label);
}

export const treeAnswerCodec: StructCodec<types.TreeAnswer> = {
  name: 'TreeAnswer',
  dataBytes: 0,
  pointerCount: 4,
  read: readTreeAnswer,
  write: writeTreeAnswer,
};

export function readTreeSummary(view: StructView): types.TreeSummary {
  return {
    summary: values.readText(view, 0),
    detailsJson: values.hasPointer(view, 1) ? values.readText(view, 1) : undefined,
    usageJson: values.hasPointer(view, 2) ? values.readText(view, 2) : undefined,
  };
}

export function writeTreeSummary(builder: Struct, value: types.TreeSummary): void {
  to.writeText(builder, 0, value.summary);
  if (value.detailsJson !== undefined) to.writeText(builder, 1, value.detailsJson);
  if (value.usageJson !== undefined) to.writeText(builder, 2, value.usageJson);
}

export const treeSummaryCodec: StructCodec<types.TreeSummary> = {
  name: 'TreeSummary',
  dataBytes: 0,
  pointerCount: 3,
  read: readTreeSummary,
  write: writeTreeSummary,
};

export function readCacheWarmingAnswer(view: StructView): types.CacheWarmingAnswer {
  return {
    action: values.readEnum(view, 0, types.cacheWarmingActionValues, 'CacheWarmingAction'),
  };
}

export function writeCacheWarmingAnswer(builder: Struct, value: types.CacheWarmingAnswer): void {
  to.writeEnum(builder, 0, value.action, types.cacheWarmingActionValues, 'CacheWarmingAction');
}

export const cacheWarmingAnswerCodec: StructCodec<types.CacheWarmingAnswer> = {
  name: 'CacheWarmingAnswer',
  dataBytes: 8,
  pointerCount: 0,
  read: readCacheWarmingAnswer,
  write: writeCacheWarmingAnswer,
};

export function readProjectTrustAnswer(view: StructView): types.ProjectTrustAnswer {
  return {
    trusted: values.readEnum(view, 0, types.trustDecisionValues, 'TrustDecision'),
    remember: values.readBool(view, 16),
  };
}

export function writeProjectTrustAnswer(builder: Struct, value: types.ProjectTrustAnswer): void {
  to.writeEnum(builder, 0, value.trusted, types.trustDecisionValues, 'TrustDecision');
  to.writeBool(builder, 16, value.remember);
}

export const projectTrustAnswerCodec: StructCodec<types.ProjectTrustAnswer> = {
  name: 'ProjectTrustAnswer',
  dataBytes: 8,
  pointerCount: 0,
  read: readProjectTrustAnswer,
  write: writeProjectTrustAnswer,
};

export const piExtensionBridgeInterface: InterfaceDescriptor<types.PiExtensionBridge> = {
  id: 0xee52b252ff1bd4f8n,
  name: 'PiExtensionBridge',
  methods: [
    { ordinal: 0, name: 'attach', deadlineMs: 10000, input: attachCodec, output: doneCodec },
    { ordinal: 1, name: 'describe', deadlineMs: 10000, input: hostInfoCodec, output: extensionManifestCodec },
    { ordinal: 2, name: 'handleEvent', deadlineMs: 30000, input: piEventCodec, output: piEventResponseCodec },
    { ordinal: 3, name: 'executeTool', deadlineMs: 3600000, input: toolRequestCodec, output: toolResultCodec },
    {
      ordinal: 4,
      name: 'executeCommand',
      deadlineMs: 3600000,
      input: commandRequestCodec,
      output: commandResponseCodec,
    },
    {
      ordinal: 5,
      name: 'executeShortcut',
      deadlineMs: 600000,
      input: shortcutRequestCodec,
      output: commandResponseCodec,
    },
    {
      ordinal: 6,
      name: 'completeArguments',
      deadlineMs: 2000,
      input: completionRequestCodec,
      output: completionListCodec,
    },
    { ordinal: 7, name: 'cancel', deadlineMs: 5000, input: cancelCodec, output: doneCodec },
    { ordinal: 8, name: 'shutdown', deadlineMs: 5000, input: shutdownCodec, output: doneCodec },
  ],
};

export const piHostInterface: InterfaceDescriptor<types.PiHost> = {
  id: 0xfae4ac1036f820efn,
  name: 'PiHost',
  methods: [
    { ordinal: 0, name: 'uiAction', deadlineMs: 3600000, input: uiActionCodec, output: uiReplyCodec },
    { ordinal: 1, name: 'askAct', deadlineMs: 3600000, input: actQuestionCodec, output: actAnswerCodec },
    { ordinal: 2, name: 'toolUpdate', input: toolUpdateCodec, output: doneCodec },
    { ordinal: 3, name: 'runTool', deadlineMs: 3600000, input: nestedToolCodec, output: toolResultCodec },
    { ordinal: 4, name: 'sendMessage', input: sendMessageCodec, output: doneCodec },
    { ordinal: 5, name: 'sendUserMessage', input: sendUserMessageCodec, output: doneCodec },
    { ordinal: 6, name: 'appendEntry', input: appendEntryCodec, output: doneCodec },
    { ordinal: 7, name: 'setLabel', input: setLabelCodec, output: doneCodec },
    { ordinal: 8, name: 'setSessionName', input: setSessionNameCodec, output: doneCodec },
    { ordinal: 9, name: 'getEntries', input: entriesQueryCodec, output: entryPageCodec },
    { ordinal: 10, name: 'getSessionInfo', input: sessionInfoQueryCodec, output: sessionInfoCodec },
    { ordinal: 11, name: 'getContextUsage', input: contextUsageQueryCodec, output: contextUsageCodec },
    { ordinal: 12, name: 'getTools', input: toolsQueryCodec, output: toolListCodec },
    { ordinal: 13, name: 'getActiveTools', input: activeToolsQueryCodec, output: toolNamesCodec },
    { ordinal: 14, name: 'setActiveTools', input: toolNamesCodec, output: doneCodec },
    { ordinal: 15, name: 'getCommands', input: commandsQueryCodec, output: commandListCodec },
    { ordinal: 16, name: 'getFlag', input: flagQueryCodec, output: flagValueCodec },
    { ordinal: 17, name: 'getSettings', input: settingsQueryCodec, output: harnessSettingsCodec },
    { ordinal: 18, name: 'setModel', input: modelRefCodec, output: setModelReplyCodec },
    { ordinal: 19, name: 'setThinkingLevel', input: setThinkingLevelCodec, output: doneCodec },
    { ordinal: 20, name: 'execShell', deadlineMs: 3600000, input: shellRequestCodec, output: shellResultCodec },
    { ordinal: 21, name: 'abort', input: abortCodec, output: doneCodec },
    { ordinal: 22, name: 'compact', input: compactCodec, output: doneCodec },
    { ordinal: 23, name: 'quit', input: quitCodec, output: doneCodec },
    { ordinal: 24, name: 'registerProvider', input: providerDefinitionCodec, output: doneCodec },
    { ordinal: 25, name: 'unregisterProvider', input: providerNameCodec, output: doneCodec },
    { ordinal: 26, name: 'registerMcpServer', input: mcpServerCodec, output: doneCodec },
    { ordinal: 27, name: 'unregisterMcpServer', input: mcpServerNameCodec, output: doneCodec },
    { ordinal: 28, name: 'getMcpServers', input: mcpServersQueryCodec, output: mcpServerListCodec },
    { ordinal: 29, name: 'log', input: logLineCodec, output: doneCodec },
    { ordinal: 30, name: 'getModels', input: modelsQueryCodec, output: modelListCodec },
  ],
};
