/** Registers the manifest's tools with pi. */
import type { ToolDefinition, ToolResult } from '../../../schema/generated/pi-api';
import { ContractError, toContractError } from '../../../schema/capnp/contract-error';
import type { BridgeProcess } from '../bridge-process';
import type { CallsUnderWay } from '../calls-under-way';
import { field, fromJson, objectFromJson, toJson } from '../json';
import type { PiResult, PiTool } from '../pi';
import { failedResult, toPiResult } from '../tool-result';

/** How long to wait for a tool after it was asked to stop */
const endingMs = 2_000;
const cancelDeadlineMs = 5_000;

export interface ToolOptions {
  readonly process: Pick<BridgeProcess, 'call'>;
  readonly calls: CallsUnderWay;
  /** For tools without their own deadline, milliseconds */
  readonly toolMs: number;
}

/** What the model reads when a tool couldn't be run. */
function failureSentence(toolName: string, thrown: unknown): string {
  const { code, message } = toContractError(thrown);
  switch (code) {
    case 'disconnected':
      return `The extension stopped while ${toolName} was running, and is restarting. The tool may have done part of its work; you can call it again.`;
    case 'notReady':
      return `${toolName} can't run now: ${message} Try again in a moment.`;
    case 'cancelled':
      return `${toolName} was stopped.`;
    case 'deadlineExceeded':
      return `${toolName} took too long and was stopped.`;
    default:
      return `${toolName} failed: ${message}`;
  }
}

/** Asks the bridge to stop the tool, and stops waiting a little later if it doesn't. */
function endWith(
  signal: AbortSignal | undefined,
  tellBridge: () => void,
): { signal: AbortSignal; dispose: () => void } {
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    tellBridge();
    timer = setTimeout(() => giveUp.abort(), endingMs);
  };
  if (signal?.aborted) giveUp.abort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  const dispose = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };
  return { signal: giveUp.signal, dispose };
}

async function execute(definition: ToolDefinition, options: ToolOptions, call: Parameters<PiTool['execute']>) {
  const [callId, input, signal, onUpdate, context] = call;
  const { process, calls, toolMs } = options;
  const { name: toolName, deadlineMs, reachesTools = [] } = definition;
  calls.tools.set(callId, { context, signal, onUpdate, reaches: reachesTools });
  const ending = endWith(signal, () => {
    process
      .call({ deadlineMs: cancelDeadlineMs }, (bridge, limits) =>
        bridge.cancel({ callId, reason: 'The run was stopped.' }, limits),
      )
      .catch(() => undefined);
  });
  try {
    const limits = { deadlineMs: deadlineMs > 0 ? deadlineMs : toolMs, signal: ending.signal, waitsForStart: true };
    const result: ToolResult = await process.call(limits, (bridge, callLimits) =>
      bridge.executeTool({ callId, toolName, inputJson: toJson(input) }, callLimits),
    );
    return toPiResult(result);
  } catch (error) {
    return failedResult(failureSentence(toolName, error));
  } finally {
    ending.dispose();
    calls.tools.delete(callId);
  }
}

/** @throws ContractError `invalidInput` when one of its schemas isn't a JSON object */
export function toPiTool(definition: ToolDefinition, options: ToolOptions): PiTool {
  const { name, label, description, promptGuidelines, outputSchemaJson, constrainedSamplingJson } = definition;
  const { exposure, namespace, annotations, executionMode, reachesTools } = definition;
  if (name === '') throw new ContractError('invalidInput', 'A tool has no name.');
  return {
    ...{ name, label: label === '' ? name : label, description },
    parameters: objectFromJson(definition.parametersJson, `The input of ${name}`),
    ...field('promptSnippet', definition.promptSnippet),
    ...(promptGuidelines.length > 0 && { promptGuidelines }),
    ...(outputSchemaJson !== undefined && { outputSchema: objectFromJson(outputSchemaJson, `The output of ${name}`) }),
    ...(constrainedSamplingJson !== undefined && { constrainedSampling: fromJson(constrainedSamplingJson, name) }),
    exposure: exposure === 'modelOnly' ? 'model-only' : exposure,
    ...(namespace && { namespace: compact(namespace) }),
    ...(annotations && { annotations: compact(annotations) }),
    ...field('defaultActive', definition.defaultActive),
    ...(executionMode !== 'byDefault' && { executionMode }),
    ...(reachesTools && { reachesTools: () => reachesTools }),
    execute: (...call): Promise<PiResult> => execute(definition, options, call),
  };
}

/** Leaves out undefined members, because pi distinguishes absent from undefined. */
const compact = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
