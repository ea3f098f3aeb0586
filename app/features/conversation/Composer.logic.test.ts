import { fakeTask } from '../../dev/data/tasks';
import { composerState, type ComposerSources } from './Composer.logic';

const state = (more: Partial<ComposerSources> & { summary?: Parameters<typeof fakeTask>[1] } = {}) =>
  composerState({
    task: fakeTask('t', more.summary ?? {}).summary,
    connection: more.connection ?? 'open',
    sent: more.sent,
    draft: more.draft ?? 'do it',
  });

test('an idle task accepts a message with words', () => {
  expect(state()).toEqual({ action: 'send', canSend: true, reason: null });
  expect(state({ draft: '  \n' }).canSend).toBe(false);
});

test('a run in flight can be stopped, and the field says why nothing can be sent', () => {
  const running = state({ summary: { activity: 'running', promptInFlight: 'p' } });
  expect(running).toMatchObject({ action: 'stop', canSend: false });
  expect(running.reason).toMatch(/working/);
});

test.each([
  [{ connection: 'lost' as const }, /Not connected/],
  [{ summary: { folderProblem: 'gone' } }, /folder/],
  [{ summary: { activity: 'needs_you' as const } }, /waiting for your answer/],
  [{ sent: { promptId: 'p', text: '', at: 0 } }, /Sending your message/],
])('%j holds the message back with a reason', (more, reason) => {
  const { canSend, reason: given } = state(more);
  expect(canSend).toBe(false);
  expect(given).toMatch(reason);
});

test('nothing can be stopped while the connection is lost', () => {
  expect(state({ connection: 'lost', summary: { activity: 'running' } }).action).toBe('send');
});
