/**
 * One hook of VTCode's terminal: the event that it represents, and the answer for VTCode.
 *
 * | hook             | event of pi                             | answer                                           |
 * |------------------|-----------------------------------------|--------------------------------------------------|
 * | SessionStart     | session_start                           | –                                                |
 * | UserPromptSubmit | input, before_agent_start, agent_start  | block, or context                                |
 * | PreToolUse       | tool_call                               | deny, another input, or a command that says why  |
 * | PostToolUse      | tool_execution_end, tool_result         | context                                          |
 * | PreCompact       | session_before_compact                  | – (too late to change anything)                  |
 * | Stop             | agent_end, agent_before_settle, agent_settled | continue, with a text                      |
 * | SessionEnd       | session_shutdown                        | –                                                |
 */
import { contentText } from '../../../events/event-fields';
import type { EventBody } from '../../event-body';
import type { HarnessSession } from '../../harness-session';
import { answeredBy } from '../answered';
import { toldCall } from '../calls';
import { continuationOf } from '../continuation';
import { gate } from '../gate';
import { addedText } from './added-text';
import { changedInput, contextOutput, denied, sayingWhy, type HookOutput } from './hook-output';
import type { HookPayload } from './payload';

type Of<N extends HookPayload['hook_event_name']> = Extract<HookPayload, { hook_event_name: N }>;

const noCarrier = (what: string): HookOutput => ({ systemMessage: `unimplemented: vtcode-tui ${what}` });

/** Nothing to add; VTCode reads silence as that. */
const silence: HookOutput = {};

const startReasons: Readonly<Record<string, 'startup' | 'resume' | 'new' | 'reload'>> = {
  startup: 'startup',
  resume: 'resume',
  new_session: 'new',
  compact: 'reload',
};

async function onPrompt(session: HarnessSession, { prompt }: Of<'UserPromptSubmit'>): Promise<HookOutput> {
  const input = { text: prompt, images: [], source: 'interactive', streamingBehavior: 'byDefault' } as const;
  const answer = await session.ask({ which: 'input', input });
  if (answer.which === 'input' && answer.input.which === 'handled') {
    return { decision: 'block', reason: 'A rule of an extension handled this prompt.' };
  }
  const isChanged = answer.which === 'input' && answer.input.which === 'transform';
  const beforeAgentStart = { prompt, systemPromptDigest: '', imageCount: 0 };
  const added = await session.ask({ which: 'beforeAgentStart', beforeAgentStart });
  await session.ask({ which: 'agentStart', agentStart: {} });
  const lost = isChanged ? noCarrier("can't change what you wrote: it goes to the model as it is.") : silence;
  if (added.which !== 'beforeAgentStart') return lost;
  const { message, systemPrompt, appendToSystemPrompt } = added.beforeAgentStart;
  const texts = [appendToSystemPrompt ?? '', message ? contentText(message.content) : ''];
  const context = contextOutput('UserPromptSubmit', texts);
  return systemPrompt === undefined
    ? { ...lost, ...context }
    : { ...noCarrier('has no whole system prompt.'), ...context };
}

async function onCall(session: HarnessSession, payload: Of<'PreToolUse'>): Promise<HookOutput> {
  const { tool_name: tool, tool_input: input, tool_call_id: callId } = payload;
  const verdict = await gate(session, { callId, tool, input }, true);
  switch (verdict.kind) {
    case 'allow':
      return silence;
    case 'change':
      return changedInput(verdict.input);
    case 'deny': {
      const isCommand = toldCall(tool, input).tool === 'bash' && 'cmd' in input;
      if (!isCommand) return denied(verdict.reason);
      return { ...changedInput(sayingWhy(verdict.reason)), systemMessage: `Blocked: ${verdict.reason}` };
    }
  }
}

async function onResult(session: HarnessSession, payload: Of<'PostToolUse'>): Promise<HookOutput> {
  const { tool_name: tool, tool_input: input, tool_call_id: toolCallId, tool_response: report } = payload;
  const { tool: toolName, input: told } = toldCall(tool, input);
  const { text, isError } = answeredBy({ report, shown: '', hasFailed: false });
  const resultJson = JSON.stringify({ content: [{ type: 'text', text }] });
  const toolExecutionEnd = { toolCallId, toolName, resultJson, isError };
  await session.ask({ which: 'toolExecutionEnd', toolExecutionEnd });
  const content = [{ which: 'text' as const, text }];
  const toolResult = { toolCallId, toolName, inputJson: JSON.stringify(told), content, isError };
  const answer = await session.ask({ which: 'toolResult', toolResult });
  if (answer.which !== 'patchToolResult') return silence;
  const { added, isReplaced } = addedText(answer.patchToolResult, text);
  const context = contextOutput('PostToolUse', added);
  return isReplaced ? { ...context, ...noCarrier(`can't replace the result of ${toolName}.`) } : context;
}

async function onStop(session: HarnessSession, payload: Of<'Stop'>): Promise<HookOutput> {
  const lastAssistantText = payload.last_assistant_message ?? '';
  const agentEnd = { messageCount: 0, lastAssistantText, stopReason: 'stop' };
  await session.ask({ which: 'agentEnd', agentEnd });
  const agentBeforeSettle = { outcome: 'completed', entries: [], continues: false } as const;
  const next = continuationOf(await session.ask({ which: 'agentBeforeSettle', agentBeforeSettle }));
  if (next !== null) return { decision: 'block', reason: next };
  await session.ask({ which: 'agentSettled', agentSettled: { aborted: false } });
  return silence;
}

async function told(session: HarnessSession, event: EventBody): Promise<HookOutput> {
  await session.ask(event);
  return silence;
}

async function onCompact(session: HarnessSession, { trigger }: Of<'PreCompact'>): Promise<HookOutput> {
  const counts = { tokensBefore: 0, messageCount: 0, turnPrefixCount: 0, reserveTokens: 0, keepRecentTokens: 0 };
  const files = { readFiles: [], writtenFiles: [], editedFiles: [] };
  const flags = { willRetry: false, isSplitTurn: false, firstKeptEntryId: '' };
  const reason = trigger === 'manual' ? 'manual' : 'threshold';
  const event = {
    which: 'sessionBeforeCompact',
    sessionBeforeCompact: { reason, ...counts, ...files, ...flags },
  } as const;
  const { which } = await session.ask(event);
  return which === 'none' || which === 'error' ? silence : noCarrier("can't stop or change a compaction.");
}

/** Hooks that ask the bridge. */
export type AskedPayload = Exclude<HookPayload, { hook_event_name: 'PermissionRequest' }>;

/** Never rejects: a failure is a denial at PreToolUse, and silence anywhere else. */
export function answerHook(session: HarnessSession, payload: AskedPayload): Promise<HookOutput> {
  switch (payload.hook_event_name) {
    case 'SessionStart': {
      const reason = startReasons[payload.source] ?? 'startup';
      return told(session, { which: 'sessionStart', sessionStart: { reason } });
    }
    case 'UserPromptSubmit':
      return onPrompt(session, payload);
    case 'PreToolUse':
      return onCall(session, payload);
    case 'PostToolUse':
      return onResult(session, payload);
    case 'PreCompact':
      return onCompact(session, payload);
    case 'Stop':
      return onStop(session, payload);
    case 'SessionEnd': {
      const reason = payload.reason === 'new_session' ? 'new' : 'quit';
      return told(session, { which: 'sessionShutdown', sessionShutdown: { reason } });
    }
  }
}
