/** What VTCode 0.169.2 writes to a hook's standard input: one JSON object. */
import { z } from 'zod';

const common = { session_id: z.string(), cwd: z.string() };
const tool = {
  tool_name: z.string(),
  tool_input: z.record(z.string(), z.unknown()),
  tool_call_id: z.string().default(''),
};

const named = <N extends string, S extends z.ZodRawShape>(name: N, shape: S) =>
  z.looseObject({ hook_event_name: z.literal(name), ...common, ...shape });

/** The installed hooks; others aren't ours to answer. */
export const hookPayload = z.discriminatedUnion('hook_event_name', [
  named('SessionStart', { source: z.string().default('startup') }),
  named('UserPromptSubmit', { prompt: z.string() }),
  named('PreToolUse', tool),
  named('PermissionRequest', { tool_name: tool.tool_name, tool_input: tool.tool_input }),
  named('PostToolUse', { ...tool, tool_response: z.unknown().optional() }),
  named('PreCompact', { trigger: z.string().default('') }),
  named('Stop', { last_assistant_message: z.string().nullish() }),
  named('SessionEnd', { reason: z.string().default('exit') }),
]);

export type HookPayload = z.output<typeof hookPayload>;
