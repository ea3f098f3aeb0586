import { loadState, openQmp, QmpError, saveState, type Qmp } from './qmp';
import { socketPair, type SocketPair } from './test/socket-pair';

let pair: SocketPair;
beforeEach(async () => (pair = await socketPair()));
afterEach(() => {
  pair.near.destroy();
  pair.far.socket.destroy();
});

const greeting = { QMP: { version: { qemu: { major: 7 } }, capabilities: [] } };
const nothing = (id: string) => ({ return: {}, id });

async function negotiated(): Promise<Qmp> {
  const opening = openQmp(pair.near);
  pair.far.say(greeting);
  expect(await pair.far.message(1)).toEqual({ execute: 'qmp_capabilities', id: 'q1' });
  pair.far.say(nothing('q1'));
  return opening;
}

test('waits for the greeting, then negotiates', async () => {
  const qmp = await negotiated();
  expect(pair.far.received).toHaveLength(1);
  qmp.close();
});

test('each command gets its own answer, with events and other answers in between', async () => {
  const qmp = await negotiated();
  const calls = Promise.all([qmp.execute('query-status'), qmp.execute('migrate', { uri: 'unix:/s' })]);
  expect(await pair.far.message(3)).toEqual({ execute: 'migrate', id: 'q3', arguments: { uri: 'unix:/s' } });
  pair.far.say({ event: 'STOP', timestamp: { seconds: 1, microseconds: 2 } });
  pair.far.say(nothing('q3'));
  pair.far.say(nothing('q9'));
  pair.far.say({ return: { status: 'paused' }, id: 'q2' });
  expect(await calls).toEqual([{ status: 'paused' }, {}]);
});

test('a refusal is an error that names the command', async () => {
  const qmp = await negotiated();
  const call = expect(qmp.execute('cont')).rejects.toEqual(new QmpError('cont', 'no such machine'));
  await pair.far.message(2);
  pair.far.say({ error: { class: 'GenericError', desc: 'no such machine' }, id: 'q2' });
  await call;
});

test('a QEMU that goes away ends the current command and all later ones', async () => {
  const qmp = await negotiated();
  const call = expect(qmp.execute('cont')).rejects.toThrow('QEMU refused cont: the other side closed the connection');
  await pair.far.message(2);
  pair.far.socket.end();
  await call;
  await expect(qmp.execute('stop')).rejects.toThrow(QmpError);
});

test.each([
  ['goes away', (end: SocketPair) => end.far.socket.end()],
  ['says what is no JSON', (end: SocketPair) => end.far.say('hello\n')],
])('a QEMU that %s before its greeting is an error', async (_name, act) => {
  const opening = expect(openQmp(pair.near)).rejects.toThrow('QEMU refused the greeting');
  act(pair);
  await opening;
});

/** A QMP that gives set answers in order. */
function scripted(answers: Readonly<Record<string, unknown[]>>) {
  const commands: unknown[][] = [];
  const qmp: Qmp = {
    execute: async (command, ...parameters) => {
      commands.push([command, ...parameters]);
      const answer = answers[command]?.shift() ?? {};
      if (answer instanceof Error) throw answer;
      return answer;
    },
    close: () => undefined,
  };
  return { qmp, commands };
}

const sharedMemory = { capabilities: [{ capability: 'x-ignore-shared', state: true }] };

test('saving pauses the guest, leaves its memory where it is, and waits for the end', async () => {
  const { qmp, commands } = scripted({ 'query-migrate': [{}, { status: 'active' }, { status: 'completed' }] });
  await saveState(qmp, '/run/save.sock');
  expect(commands).toEqual([
    ['stop'],
    ['migrate-set-capabilities', sharedMemory],
    ['migrate', { uri: 'unix:/run/save.sock' }],
    ['query-migrate'],
    ['query-migrate'],
    ['query-migrate'],
  ]);
});

test.each([
  [{ status: 'failed', 'error-desc': 'no room' }, 'QEMU refused migrate: no room'],
  [{ status: 'cancelled' }, 'QEMU refused migrate: cancelled'],
])('saving fails with %j', async (status, message) => {
  await expect(saveState(scripted({ 'query-migrate': [status] }).qmp, '/s')).rejects.toThrow(message);
});

test('loading feeds the state, and lets the guest run when it is complete', async () => {
  const { qmp, commands } = scripted({ 'query-status': [{ status: 'inmigrate' }, { status: 'paused' }] });
  await loadState(qmp, '/run/1.in', async () => void commands.push(['fed']));
  expect(commands).toEqual([
    ['migrate-set-capabilities', sharedMemory],
    ['migrate-incoming', { uri: 'unix:/run/1.in' }],
    ['fed'],
    ['query-status'],
    ['query-status'],
    ['cont'],
  ]);
});
