/** The only tool that Piwork itself gives the agent: asking the person a question. */
import type { Pi, PiContext } from './pi';

interface Question {
  readonly question: string;
  readonly options?: string[];
  readonly isYesNo?: boolean;
}

async function ask({ question, options, isYesNo }: Question, signal: AbortSignal | undefined, { ui }: PiContext) {
  // Without the signal, a stopped run would still wait for the answer.
  const extra = signal ? { signal } : {};
  if (isYesNo) return (await ui.confirm('The agent asks', question, extra)) ? 'yes' : 'no';
  if (options && options.length > 0) return ui.select(question, options, extra);
  return ui.input(question, undefined, extra);
}

/** Registers `ask_user`. */
export function registerAskUser(pi: Pick<Pi, 'registerTool'>): void {
  pi.registerTool({
    name: 'ask_user',
    label: 'Ask the person',
    description:
      'Ask the person one question and wait for the answer. Use it when the choice is theirs and a wrong guess would cost them.',
    parameters: {
      type: 'object',
      properties: {
        question: { type: 'string', description: 'One plain sentence' },
        options: {
          type: 'array',
          items: { type: 'string' },
          description: 'Answers to choose from; leave out for free text',
        },
        isYesNo: { type: 'boolean', description: 'Ask a yes-or-no question' },
      },
      required: ['question'],
    },
    execute: async (_id, question, signal, _update, context) => {
      const answer = await ask(question as Question, signal, context);
      const text = answer === undefined ? 'The person gave no answer.' : `The person answered: ${answer}`;
      return { content: [{ type: 'text', text }] };
    },
  });
}
