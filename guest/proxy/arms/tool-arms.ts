/** Tools: before, while and after they run. */
import { readText } from '../../../schema/loose-values';
import { fromPiContent, toPiContent } from '../content';
import { field, jsonField, objectFromJson, toJson, toOptionalJson } from '../json';
import { arm, type Arms } from './arm';

/** Fields that every tool event has */
export interface OfTool {
  readonly toolCallId: string;
  readonly toolName: string;
  /** The tool that runs this one */
  readonly parentToolCallId?: string;
}

interface Called extends OfTool {
  readonly input: Record<string, unknown>;
}

interface Answered extends Called {
  readonly content: readonly object[];
  readonly details?: unknown;
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
  readonly usage?: unknown;
}

interface Ended extends OfTool {
  readonly result: unknown;
  readonly isError?: boolean;
  readonly durationMs?: number;
}

/** Converted to text, whatever a model wrote there: a gate must not fail because of a number. */
const ids = ({ toolCallId, toolName, parentToolCallId }: OfTool) => ({
  toolCallId: readText(toolCallId),
  toolName: readText(toolName),
  parentToolCallId,
});

function replaceFields(target: Record<string, unknown>, fields: object): void {
  for (const name of Object.keys(target)) delete target[name];
  Object.assign(target, fields);
}

export const toolArms: Arms = {
  tool_execution_start: arm<OfTool & { readonly args: unknown }>({
    project: (event) => ({
      which: 'toolExecutionStart',
      toolExecutionStart: { ...ids(event), argsJson: toJson(event.args) },
    }),
  }),
  tool_execution_update: arm<OfTool & { readonly partialResult: unknown }>({
    project: (event) => ({
      which: 'toolExecutionUpdate',
      toolExecutionUpdate: { ...ids(event), partialResultJson: toJson(event.partialResult) },
    }),
  }),
  tool_execution_end: arm<Ended>({
    project: (event) => ({
      which: 'toolExecutionEnd',
      toolExecutionEnd: {
        ...{ ...ids(event), resultJson: toJson(event.result) },
        ...{ isError: event.isError === true, durationMs: event.durationMs },
      },
    }),
  }),
  tool_call: arm<Called>({
    project: (event) => ({ which: 'toolCall', toolCall: { ...ids(event), inputJson: toJson(event.input) } }),
    apply: (response, event) => {
      if (response.which === 'blockTool') {
        const { reason, terminate } = response.blockTool;
        return { block: true, reason, ...(terminate && { terminate }) };
      }
      if (response.which === 'patchToolInput') {
        replaceFields(event.input, objectFromJson(response.patchToolInput.inputJson, 'The input of the tool'));
      }
      return undefined;
    },
    refuse: (reason) => ({ block: true, reason }),
  }),
  tool_result: arm<Answered>({
    project: (event) => ({
      which: 'toolResult',
      toolResult: {
        ...{ ...ids(event), inputJson: toJson(event.input), content: fromPiContent(event.content) },
        detailsJson: toOptionalJson(event.details),
        structuredContentJson: toOptionalJson(event.structuredContent),
        ...{ isError: event.isError === true, usageJson: toOptionalJson(event.usage) },
      },
    }),
    apply: (response, { structuredContent }) => {
      if (response.which !== 'patchToolResult') return undefined;
      const { content, detailsJson, structuredContentJson, isError, usageJson } = response.patchToolResult;
      return {
        // If only the content is replaced, pi drops the structured content. Here, what the answer leaves out stays as
        // it was.
        ...(content && { content: toPiContent(content), ...field('structuredContent', structuredContent) }),
        ...jsonField('details', detailsJson),
        ...jsonField('structuredContent', structuredContentJson),
        ...field('isError', isError),
        ...jsonField('usage', usageJson),
      };
    },
  }),
};
