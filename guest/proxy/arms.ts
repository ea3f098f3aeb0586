/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument -- pi's events come as pi makes them, and the contract's writer checks each field */
/**
 * pi's events and the contract's, one arm each: what of an event the contract carries, and what an answer changes in
 * pi. Nothing is decided here.
 */
import { createHash } from 'node:crypto';
import type { EventClass, PiEvent, PiEventResponse } from '../../schema/generated/pi-api';
import { fromPiContent, toPiContent } from './content';

type Body<E = PiEvent> = E extends unknown ? Omit<E, 'header'> : never;
/** An event of pi as it comes; its fields are read where they are used. */
type PiFields = any;

export interface Arm {
  readonly class: EventClass;
  project(event: PiFields): Body;
  /** What pi is answered; may change the event where pi wants that */
  apply?(response: PiEventResponse, event: PiFields): object | undefined;
  /** What pi is answered when the bridge gives no answer; gates say no */
  refuse?(why: string): object;
}

const json = (value: unknown): string => JSON.stringify(value ?? null);
const parsed = (text: string): object => JSON.parse(text) as object;

function replaceFields(target: Record<string, unknown>, fields: object): void {
  for (const name of Object.keys(target)) delete target[name];
  Object.assign(target, fields);
}

const block = (reason: string, terminate = false): object => ({
  block: true,
  reason,
  ...(terminate ? { terminate } : {}),
});

export const arms: Readonly<Record<string, Arm>> = {
  session_start: {
    class: 'notification',
    project: ({ reason, previousSessionFile }) => ({
      which: 'sessionStart',
      sessionStart: { reason, previousSessionFile },
    }),
  },
  before_agent_start: {
    class: 'transform',
    project: ({ prompt, images, systemPrompt }) => ({
      which: 'beforeAgentStart',
      beforeAgentStart: {
        prompt: prompt ?? '',
        imageCount: images?.length ?? 0,
        systemPromptDigest: createHash('sha256')
          .update(String(systemPrompt ?? ''))
          .digest('hex'),
      },
    }),
    apply: (response) => {
      if (response.which !== 'beforeAgentStart') return undefined;
      const { message, systemPrompt } = response.beforeAgentStart;
      return {
        ...(message && {
          message: {
            customType: message.customType,
            content: toPiContent(message.content),
            display: message.display,
            ...(message.detailsJson !== undefined && { details: parsed(message.detailsJson) }),
          },
        }),
        ...(systemPrompt !== undefined && { systemPrompt }),
      };
    },
  },
  agent_settled: {
    class: 'notification',
    project: ({ aborted }) => ({ which: 'agentSettled', agentSettled: { aborted: aborted === true } }),
  },
  tool_call: {
    class: 'gate',
    project: ({ toolCallId, toolName, input, parentToolCallId }) => ({
      which: 'toolCall',
      toolCall: { toolCallId, toolName, inputJson: json(input), parentToolCallId },
    }),
    apply: (response, event) => {
      if (response.which === 'blockTool') return block(response.blockTool.reason, response.blockTool.terminate);
      if (response.which === 'patchToolInput') replaceFields(event.input, parsed(response.patchToolInput.inputJson));
      return undefined;
    },
    refuse: (why) => block(why),
  },
  tool_result: {
    class: 'transform',
    project: ({ toolCallId, toolName, input, content, details, isError, parentToolCallId }) => ({
      which: 'toolResult',
      toolResult: {
        ...{ toolCallId, toolName, inputJson: json(input), content: fromPiContent(content) },
        ...{ detailsJson: details === undefined ? undefined : json(details), isError: isError === true },
        parentToolCallId,
      },
    }),
    apply: (response) => {
      if (response.which !== 'patchToolResult') return undefined;
      const { content, detailsJson, isError } = response.patchToolResult;
      return {
        ...(content && { content: toPiContent(content) }),
        ...(detailsJson !== undefined && { details: parsed(detailsJson) }),
        ...(isError !== undefined && { isError }),
      };
    },
  },
};
