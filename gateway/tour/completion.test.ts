import { completionObject, completionPieces, splitText } from './completion';
import type { Turn } from './next-turn';

const turn: Turn = {
  text: 'First words, then  more\n\nand – 🎉 – an end.\n',
  calls: [
    { tool: 'bash', arguments: { command: `echo '${'🎉'.repeat(900)}'` } },
    { tool: 'read', arguments: { path: '/a "b"\n', limit: 8 } },
  ],
  paceMs: 12,
};
const completion = { id: 'abc', created: 1, promptLength: 400 };

interface Chunk {
  choices: { delta: { content?: string; tool_calls?: Call[] }; finish_reason: string | null }[];
  usage?: unknown;
}
interface Call {
  index: number;
  id?: string;
  function: { name?: string; arguments: string };
}

const chunksOf = (data: readonly string[]): Chunk[] => data.map((text) => JSON.parse(text.slice(6)) as Chunk);

test('the pieces of a stream join to the turn', () => {
  const pieces = completionPieces(turn, completion).map(({ data }) => data);
  expect(pieces.every((data) => /^data: [^\n]+\n\n$/.test(data))).toBe(true);
  expect(pieces.at(-1)).toBe('data: [DONE]\n\n');
  const chunks = chunksOf(pieces.slice(0, -1));
  const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));
  expect(deltas.map(({ content = '' }) => content).join('')).toBe(turn.text);
  const calls = turn.calls.map((_call, index) =>
    deltas.flatMap((delta) => delta.tool_calls ?? []).filter((call) => call.index === index),
  );
  expect(calls.map((parts) => parts[0]?.function.name)).toEqual(['bash', 'read']);
  expect(calls.map((parts) => parts.filter(({ id }) => id !== undefined).length)).toEqual([1, 1]);
  expect(calls.map((parts) => JSON.parse(parts.map((part) => part.function.arguments).join('')) as unknown)).toEqual(
    turn.calls.map((call) => call.arguments),
  );
  expect(chunks.flatMap(({ choices }) => choices.flatMap((choice) => choice.finish_reason ?? []))).toEqual([
    'tool_calls',
  ]);
  expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 100 });
});

test('a turn without calls stops', () => {
  const chunks = chunksOf(
    completionPieces({ ...turn, calls: [] }, completion)
      .slice(0, -1)
      .map(({ data }) => data),
  );
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
});

test('without streaming the whole turn is one message', () => {
  expect(completionObject(turn, completion).choices[0]).toMatchObject({
    message: { content: turn.text, tool_calls: [{ id: 'call_abc_0' }, { id: 'call_abc_1' }] },
    finish_reason: 'tool_calls',
  });
});

test.each(['', ' ', 'one', '  lead and trail  ', 'a\n\n\nb'])(
  'the pieces of %j lose nothing except blank ends',
  (text) => {
    expect(splitText(text).join('').trim()).toBe(text.trim());
  },
);
