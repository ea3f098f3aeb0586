/** What happens to a prompt before it is sent: rules may change it, add to it, or answer it themselves. */
import { contentText } from '../../../events/event-fields';
import type { HarnessSession } from '../../harness-session';

export interface StartedRun {
  readonly text: string;
  readonly notes: readonly string[];
}

/** `null` when a rule has handled the prompt: no run starts. */
export async function startOfRun(
  session: HarnessSession,
  written: string,
  log: (message: string) => void,
): Promise<StartedRun | null> {
  const input = { text: written, images: [], source: 'rpc', streamingBehavior: 'byDefault' } as const;
  const answer = await session.ask({ which: 'input', input });
  let text = written;
  if (answer.which === 'input') {
    if (answer.input.which === 'handled') return null;
    if (answer.input.which === 'transform') ({ text } = answer.input.transform);
  }
  const beforeAgentStart = { prompt: text, systemPromptDigest: '', imageCount: 0 };
  const added = await session.ask({ which: 'beforeAgentStart', beforeAgentStart });
  if (added.which !== 'beforeAgentStart') return { text, notes: [] };
  const { message, systemPrompt, appendToSystemPrompt } = added.beforeAgentStart;
  if (systemPrompt !== undefined) log('unimplemented: vtcode-acp has no place for a whole system prompt.');
  const notes = [appendToSystemPrompt, message && contentText(message.content)].filter((one) => one !== undefined);
  return { text, notes };
}
