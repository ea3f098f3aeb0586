/**
 * The pi extension that every task loads. It gives the agent one tool, a question to the person, and adds to a tool's
 * result what the host has to say of it. The bridge to extension logic comes to stand here.
 */

import { readFile, rename } from 'node:fs/promises';
import { inside } from '../taskd/sandbox/layout';

/** The parts of pi's extension API that are used. */
interface Pi {
  registerTool(definition: unknown): void;
  on(event: 'tool_result', handler: (event: ToolResult) => Promise<{ content: unknown[] } | undefined>): void;
}

interface ToolResult {
  readonly content: readonly unknown[];
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

/** Taken out of its file, so that each is read once. */
async function takeNotes(file: string): Promise<string> {
  const taken = `${file}.taken`;
  try {
    await rename(file, taken);
    return (await readFile(taken, 'utf8')).trim();
  } catch {
    // There is nothing to say.
    return '';
  }
}

/** Adds what the host has to say of a tool's acts, kept in `file`, to the tool's result. */
export function addNotes(pi: Pick<Pi, 'on'>, file: string): void {
  pi.on('tool_result', async ({ content }) => {
    const said = await takeNotes(file);
    return said === '' ? undefined : { content: [...content, ...text(`[Piwork] ${said}`).content] };
  });
}

export default function piworkProxy(pi: Pi): void {
  addNotes(pi, inside.notes);
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
