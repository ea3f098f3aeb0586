import { registerAskUser } from './ask-user';

interface Tool {
  readonly name: string;
  readonly parameters: { readonly required: string[] };
  execute(
    id: string,
    question: object,
    signal: AbortSignal | undefined,
    update: unknown,
    context: object,
  ): Promise<unknown>;
}

/** The `ask_user` tool, with a person who gives set answers. */
function register(answers: { confirm?: boolean; select?: string; input?: string }) {
  const tools: Tool[] = [];
  registerAskUser({ registerTool: (tool) => void tools.push(tool as unknown as Tool) });
  const asked: unknown[] = [];
  const ui = Object.fromEntries(
    (['confirm', 'select', 'input'] as const).map((method) => [
      method,
      (...words: unknown[]) => {
        asked.push([method, ...words]);
        return Promise.resolve(answers[method]);
      },
    ]),
  );
  const ask = (question: object, signal?: AbortSignal): Promise<unknown> =>
    tools[0]!.execute('call', question, signal, undefined, { ui });
  return { tools, asked, ask };
}

const said = (text: string) => ({ content: [{ type: 'text', text }] });

test('gives the agent one tool', () => {
  expect(register({}).tools.map(({ name, parameters }) => [name, parameters.required])).toEqual([
    ['ask_user', ['question']],
  ]);
});

const { signal } = new AbortController();

test.each([
  [{ question: 'Sure?', isYesNo: true }, { confirm: true }, ['confirm', 'The agent asks', 'Sure?', { signal }], 'yes'],
  [{ question: 'Sure?', isYesNo: true }, { confirm: false }, ['confirm', 'The agent asks', 'Sure?', { signal }], 'no'],
  [{ question: 'Which?', options: ['a', 'b'] }, { select: 'b' }, ['select', 'Which?', ['a', 'b'], { signal }], 'b'],
  [{ question: 'Name?' }, { input: 'report' }, ['input', 'Name?', undefined, { signal }], 'report'],
  [{ question: 'Name?', options: [] }, { input: '' }, ['input', 'Name?', undefined, { signal }], ''],
])('asks %j', async (question, answers, asked, answer) => {
  const person = register(answers);
  expect(await person.ask(question, signal)).toEqual(said(`The person answered: ${answer}`));
  expect(person.asked).toEqual([asked]);
});

test('reports when there is no answer', async () => {
  expect(await register({}).ask({ question: 'Name?' })).toEqual(said('The person gave no answer.'));
});
