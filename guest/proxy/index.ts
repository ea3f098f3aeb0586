/**
 * The pi extension that every task loads. In this version it gives the agent one tool, a question to the person;
 * the bridge to extension logic comes to stand here.
 */

/** The parts of pi's extension API that are used. */
interface Pi {
  registerTool(definition: unknown): void;
}

interface ToolContext {
  readonly ui: {
    confirm(title: string, message: string, options: { signal?: AbortSignal }): Promise<boolean>;
    select(title: string, options: string[], extra: { signal?: AbortSignal }): Promise<string | undefined>;
    input(
      title: string,
      placeholder: string | undefined,
      options: { signal?: AbortSignal },
    ): Promise<string | undefined>;
  };
}

interface Question {
  readonly question: string;
  readonly options?: string[];
  readonly isYesNo?: boolean;
}

async function ask({ question, options, isYesNo }: Question, signal: AbortSignal | undefined, { ui }: ToolContext) {
  // Without the signal a stopped run would wait for the answer.
  const extra = signal ? { signal } : {};
  if (isYesNo) return (await ui.confirm('The agent asks', question, extra)) ? 'yes' : 'no';
  if (options && options.length > 0) return ui.select(question, options, extra);
  return ui.input(question, undefined, extra);
}

const text = (value: string) => ({ content: [{ type: 'text', text: value }] });

export default function piworkProxy(pi: Pi): void {
  pi.registerTool({
    name: 'ask_user',
    label: 'Ask the person',
    description:
      'Asks the person one question and waits for the answer. Use it when a choice is theirs to make and a wrong guess would cost them.',
    parameters: {
      type: 'object',
      properties: {
        question: { type: 'string', description: 'One plain sentence' },
        options: {
          type: 'array',
          items: { type: 'string' },
          description: 'Answers to choose from; leave out for free text',
        },
        isYesNo: { type: 'boolean', description: 'Ask for yes or no' },
      },
      required: ['question'],
    },
    execute: async (
      _id: string,
      question: Question,
      signal: AbortSignal | undefined,
      _update: unknown,
      context: ToolContext,
    ) => {
      const answer = await ask(question, signal, context);
      return text(answer === undefined ? 'The person gave no answer.' : `The person answered: ${answer}`);
    },
  });
}
