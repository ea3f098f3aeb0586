/** Tools: all tools, the active ones, and what one of the bridge's own tools reports and runs while it works. */
import { ContractError } from '../../../schema/capnp/contract-error';
import type { PiHost, ToolExposure, ToolInfo } from '../../../schema/generated/pi-api';
import type { CallsUnderWay, RunningTool } from '../calls-under-way';
import { toPiContent } from '../content';
import { fromJson, jsonField, toJson } from '../json';
import type { PiToolInfo } from '../pi';
import { fromPiResult } from '../tool-result';
import { atOnce, type LiveSession } from './live-session';

type Methods = Pick<
  PiHost,
  'toolUpdate' | 'runTool' | 'getTools' | 'getActiveTools' | 'setActiveTools' | 'getCommands'
>;

interface PiNamespace {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly description?: string;
  readonly instructions?: string;
}

function toToolInfo(tool: PiToolInfo): ToolInfo {
  const namespace = tool.namespace as PiNamespace | undefined;
  return {
    ...{ name: tool.name, description: tool.description, parametersJson: toJson(tool.parameters) },
    promptGuidelines: tool.promptGuidelines ?? [],
    exposure: tool.exposure === 'model-only' ? 'modelOnly' : (tool.exposure as ToolExposure),
    namespace: namespace && { ...namespace, aliases: namespace.aliases ?? [] },
    annotations: tool.annotations,
    source: tool.sourceInfo.path.startsWith('builtin:') ? 'builtin' : tool.sourceInfo.path,
  };
}

export function toolHost(live: LiveSession, calls: CallsUnderWay): Methods {
  const running = (callId: string): RunningTool => {
    const tool = calls.tools.get(callId);
    if (tool) return tool;
    throw new ContractError('notFound', `This extension has no running tool call ${callId}.`);
  };
  return {
    toolUpdate: atOnce(({ callId, content, detailsJson }) => {
      running(callId).onUpdate?.({ content: toPiContent(content), ...jsonField('details', detailsJson) });
      return {};
    }),
    runTool: async ({ callId, toolName, inputJson }, call) => {
      const { context, reaches, signal } = running(callId);
      if (!reaches.includes(toolName)) {
        throw new ContractError('denied', `The tool must list ${toolName} in reachesTools to run it.`);
      }
      const ends = [signal, call?.signal].filter((one) => one !== undefined);
      const options = { signal: AbortSignal.any(ends) };
      const { result, isError } = await context.executeTool(toolName, fromJson(inputJson, 'The input'), options);
      return { ...fromPiResult(result), isError };
    },
    getTools: atOnce(() => ({ tools: live().pi.getAllTools().map(toToolInfo) })),
    getActiveTools: atOnce(() => ({ names: live().pi.getActiveTools() })),
    setActiveTools: atOnce(({ names }) => {
      live().pi.setActiveTools([...names]);
      return {};
    }),
    getCommands: atOnce(() => ({
      commands: live()
        .pi.getCommands()
        .map(({ name, description, source }) => ({ name, description, source })),
    })),
  };
}
