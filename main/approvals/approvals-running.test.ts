import { act, settled, stage } from './test/stage';

const sentence = "Change .git/config so that git runs a program of the agent's?";
const running = (path = '.git/config') => act({ kind: 'change', path, sentence });

test('what runs by itself is asked in its own words, whatever was allowed before', async () => {
  const { approvals, now } = stage();
  approvals.beginTurn('task-a', { allow: ['change'], canAsk: true });
  expect(await now(approvals.decide(act({ kind: 'change' })))).toMatchObject({ isAllowed: true });
  const first = approvals.decide(running());
  expect(await now(first)).toBe('held');
  expect(approvals.open).toMatchObject([{ sentence, path: '.git/config', count: 1 }]);
  approvals.answer(approvals.open[0]!.id, { allow: true, scope: 'once' });
  await settled();
  expect(await now(first)).toMatchObject({ isAllowed: true });
  // The same program, another file.
  expect(await now(approvals.decide(running('.envrc')))).toBe('held');
});

test('where nobody can be asked it is denied, also when changes are allowed', async () => {
  const { approvals, now } = stage();
  approvals.beginTurn('task-a', { allow: ['change', 'delete', 'rename'], canAsk: false });
  expect(await now(approvals.decide(running()))).toMatchObject({ isAllowed: false });
});
