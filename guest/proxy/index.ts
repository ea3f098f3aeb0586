/**
 * The pi extension that every task loads. It gives the agent one tool, a question to the person, and adds to a tool's
 * result what the host has to say of it. The bridge to extension logic comes to stand here.
 */

import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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

/** Each is read once. One that cannot be read yet is being written. */
async function takeNotes(prefix: string): Promise<string> {
  const folder = dirname(prefix);
  const names = await readdir(folder).catch(() => []);
  const said: string[] = [];
  for (const name of names.filter((one) => one.startsWith(basename(prefix))).sort()) {
    try {
      said.push(await readFile(join(folder, name), 'utf8'));
      await rm(join(folder, name));
    } catch {
      continue;
    }
  }
  return said.join('\n');
}

/** Adds what the host has to say of a tool's acts, in files that begin with `prefix`, to the tool's result. */
export function addNotes(pi: Pick<Pi, 'on'>, prefix: string): void {
  pi.on('tool_result', async ({ content }) => {
    const said = await takeNotes(prefix);
    return said === '' ? undefined : { content: [...content, ...text(`[Piwork] ${said}`).content] };
  });
}

export default function piworkProxy(pi: Pi): void {
  addNotes(pi, inside.notePrefix);
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
