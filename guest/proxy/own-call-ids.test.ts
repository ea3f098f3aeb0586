import { giveOwnCallIds, OwnCallIds } from './own-call-ids';
import { fakePi } from './test/fake-pi';

const call = (id: unknown, command = 'ls') => ({ type: 'toolCall', id, name: 'bash', arguments: { command } });
const answer = (...content: object[]) => ({ role: 'assistant', content, stopReason: 'toolUse' });
const idsOf = (message: object): unknown[] => (message as { content: { id?: unknown }[] }).content.map(({ id }) => id);

test("unique ids are kept, and the message isn't changed", () => {
  const ids = new OwnCallIds();
  const message = answer({ type: 'text', text: 'Hm' }, call('call_1'), call('fc|2'));
  expect(ids.claim(message)).toBe(message);
});

test.each<[string, unknown[]]>([
  ['one id for all', ['call_1', 'call_1', 'call_1']],
  ['an empty id', ['']],
  ['no id', [undefined]],
  ['a numeric id', [7]],
  ['a list', [['a']]],
  ['an endless id', ['x'.repeat(1_000)]],
])('calls with %s get ids of their own', (_name, given) => {
  const claimed = new OwnCallIds().claim(answer(...given.map((id) => call(id))));
  const ids = idsOf(claimed);
  expect(new Set(ids).size).toBe(given.length);
  for (const id of ids.slice(given[0] === 'call_1' ? 1 : 0)) expect(id).toMatch(/^[A-Za-z0-9]{9}$/);
  expect(claimed).toMatchObject({
    stopReason: 'toolUse',
    content: given.map(() => ({ arguments: { command: 'ls' } })),
  });
});

test('ids that a model repeats in each answer become unique, after a restart too', async () => {
  const earlier = { id: 'e1', type: 'message', message: answer(call('call_1')) };
  const { pi, fire } = fakePi({ session: { getEntries: () => [earlier] } });
  giveOwnCallIds(pi);
  const ids: unknown[] = ['call_1'];
  for (let round = 0; round < 3; round++) {
    const answered = (await fire('message_end', { message: answer(call('call_1')) })) as { message: object };
    ids.push(...idsOf(answered.message));
  }
  expect(new Set(ids).size).toBe(4);
});

test('other messages are unchanged', async () => {
  const { pi, fire } = fakePi({ session: { getEntries: () => [] } });
  giveOwnCallIds(pi);
  expect(await fire('message_end', { message: { role: 'toolResult', toolCallId: 7, content: [] } })).toBeUndefined();
  expect(await fire('message_end', { message: { role: 'assistant', content: 'text' } })).toBeUndefined();
});
