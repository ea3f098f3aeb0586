/**
 * The parts of the Agent Client Protocol that are parsed, as VTCode 0.169.2 uses it; everything else passes unparsed.
 *
 * | message                    | direction | when                                                     |
 * |----------------------------|-----------|----------------------------------------------------------|
 * | initialize, session/new    | to VTCode | first, in this order                                     |
 * | session/prompt             | to VTCode | one at a time: a second would run on the same history    |
 * | session/set_config_option  | to VTCode | while no prompt runs                                     |
 * | session/update             | from it   | while a prompt runs                                      |
 * | session/request_permission | from it   | before every tool call; waits for our answer             |
 * | fs/read_text_file          | from it   | for read_file, after it was allowed                      |
 */
import { z } from 'zod';

const rawObject = z.record(z.string(), z.unknown());

const toolCall = z.looseObject({
  toolCallId: z.string(),
  kind: z.string().default(''),
  title: z.string().default(''),
  status: z.string().optional(),
  rawInput: rawObject.optional(),
});

/** A tool call as VTCode shows it, without the tool's name. */
export type ShownCall = z.output<typeof toolCall>;

export const initialized = z.looseObject({
  protocolVersion: z.number(),
  agentInfo: z.looseObject({ version: z.string() }).nullish(),
});

export const newSession = z.looseObject({ sessionId: z.string() });

export const promptEnd = z.looseObject({ stopReason: z.string() });

export const permissionRequest = z.looseObject({
  sessionId: z.string(),
  toolCall,
  options: z.array(z.looseObject({ optionId: z.string(), kind: z.string() })),
});

export const readTextFile = z.looseObject({
  path: z.string(),
  line: z.number().nullish(),
  limit: z.number().nullish(),
});

const textContent = z.looseObject({ type: z.string(), text: z.string().optional() });

export const toolUpdate = z.looseObject({
  toolCallId: z.string(),
  status: z.string().optional(),
  content: z.array(z.looseObject({ type: z.string(), content: textContent.optional() })).nullish(),
  rawOutput: z.unknown().optional(),
});

export type ToolUpdate = z.output<typeof toolUpdate>;

export const sessionUpdate = z.looseObject({
  sessionId: z.string(),
  update: z.discriminatedUnion('sessionUpdate', [
    z.looseObject({ sessionUpdate: z.literal('tool_call'), ...toolCall.shape }),
    z.looseObject({ sessionUpdate: z.literal('tool_call_update'), ...toolUpdate.shape }),
    z.looseObject({ sessionUpdate: z.literal('agent_message_chunk'), content: textContent }),
  ]),
});
