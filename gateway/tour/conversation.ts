/** Reads what the tour model needs to know from an OpenAI chat-completions request. */
import { z } from 'zod';

const textPart = z.looseObject({ type: z.string(), text: z.string().optional() });
const content = z.union([z.string(), z.array(textPart), z.null()]).optional();

const requestMessage = z.looseObject({
  role: z.string(),
  content,
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string() }) }))
    .optional(),
});

export const completionRequest = z.looseObject({
  model: z.string(),
  messages: z.array(requestMessage),
  stream: z.boolean().optional(),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }).optional() })).optional(),
});
export type CompletionRequest = z.output<typeof completionRequest>;

/** One answer of the model that called tools, with the tools' results in the order of the calls. */
export interface Exchange {
  readonly tools: readonly string[];
  readonly results: readonly string[];
}

export interface Conversation {
  readonly system: string;
  /** Names of the available tools */
  readonly tools: readonly string[];
  /** The last thing the person said */
  readonly message: string;
  /** What has happened since then */
  readonly exchanges: readonly Exchange[];
  /** Characters of all messages, to estimate tokens from */
  readonly length: number;
}

const textOf = (value: z.output<typeof content>): string => {
  if (typeof value === 'string') return value;
  return (value ?? []).map((part) => part.text ?? '').join('');
};

/** The conversation as the scenarios see it: only what follows the person's last message counts as done. */
export function readConversation({ messages, tools = [] }: CompletionRequest): Conversation {
  const lastUser = messages.findLastIndex(({ role }) => role === 'user');
  const results = new Map(
    messages.flatMap((message) =>
      message.tool_call_id === undefined ? [] : [[message.tool_call_id, textOf(message.content)] as const],
    ),
  );
  return {
    system: messages
      .filter(({ role }) => role === 'system' || role === 'developer')
      .map((message) => textOf(message.content))
      .join('\n'),
    tools: tools.flatMap((tool) => (tool.function ? [tool.function.name] : [])),
    message: textOf(messages[lastUser]?.content).trim(),
    exchanges: messages.slice(lastUser + 1).flatMap(({ tool_calls: calls = [] }) =>
      calls.length === 0
        ? []
        : [
            {
              tools: calls.map((call) => call.function.name),
              results: calls.map((call) => results.get(call.id) ?? ''),
            },
          ],
    ),
    length: messages.reduce((sum, message) => sum + textOf(message.content).length, 0),
  };
}
