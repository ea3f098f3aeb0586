import { ContractError } from '../../../schema/capnp/contract-error';
import { withDefaults } from '../../../schema/capnp/with-defaults';
import { hostCapabilities, type EntriesQuery, type PiHost } from '../../../schema/generated/pi-api';
import { entriesQueryCodec, piHostInterface, sendUserMessageCodec } from '../../../schema/generated/pi-api-codec';
import { CallsUnderWay } from '../calls-under-way';
import type { PiEntry } from '../pi';
import { fakePi, type FakePiOptions } from '../test/fake-pi';
import { capabilitiesOf } from './capabilities';
import { piHost } from './pi-host';
import { pageOf } from './session-host';

function hostOf(options: FakePiOptions = {}) {
  const { pi, context, told } = fakePi(options);
  const calls = new CallsUnderWay();
  const logged: string[] = [];
  let isOver = false;
  const live = () => {
    if (isOver) throw new ContractError('notReady', 'The session is over.');
    return { pi, context };
  };
  const host = piHost({ live, calls, workdir: '/w', log: (text) => void logged.push(text) });
  return { host, calls, told, logged, pi, context, end: () => void (isOver = true) };
}

const names = piHostInterface.methods.map(({ name }) => name as keyof PiHost);

test('serves every method of the contract, and none after the session has ended', async () => {
  const { host, end, told } = hostOf();
  expect(Object.keys(host).sort()).toEqual([...names].sort());
  end();
  for (const name of names) {
    const method = host[name] as (input: object) => Promise<unknown>;
    // The input has a field for any method. Every method first checks whether the session has ended, except those that
    // belong to a tool call.
    const input = {
      which: 'notify',
      notify: {},
      callId: 'none',
      content: [],
      entryId: 'e',
      configJson: '{}',
      message: { content: [] },
    };
    const error = await method(input).catch((thrown: unknown) => thrown);
    const code = name === 'toolUpdate' || name === 'runTool' ? 'notFound' : 'notReady';
    expect([name, error]).toMatchObject([name, { code }]);
  }
  expect(told).toEqual([]);
});

describe('reports what works', () => {
  const all = hostCapabilities.map(({ name }) => name as string);
  const without = (options: FakePiOptions, hasFlags: boolean): string[] => {
    const { pi, context } = hostOf(options);
    const there: readonly string[] = capabilitiesOf(pi, context, { hasFlags });
    return all.filter((name) => !there.includes(name));
  };
  test.each<[string, FakePiOptions, boolean, string[]]>([
    ['rpc', {}, true, ['editorText', 'terminalUi', 'shortcuts', 'registerMcpServer']],
    [
      'a terminal',
      { context: { mode: 'tui' }, pi: { getCommands: () => [{ name: 'mcp', source: 'extension' }] } },
      true,
      [],
    ],
    [
      'nobody to ask',
      { context: { mode: 'print', hasUI: false } },
      false,
      [
        ...['dialogs', 'editorDialog', 'notify', 'status', 'widgets', 'editorText', 'terminalUi', 'shortcuts', 'flags'],
        ...['registerMcpServer', 'askAct'],
      ],
    ],
  ])('%s', (_name, options, hasFlags, missing) => expect(without(options, hasFlags)).toEqual(missing));
});

describe('entries come in pages that fit into a frame', () => {
  const entry = (id: string, length = 10, type = 'message'): PiEntry & { text: string } => ({
    ...{ id, parentId: null, type, timestamp: 'now', text: 'x'.repeat(length) },
  });
  const query = (fields: Partial<EntriesQuery>) => withDefaults(entriesQueryCodec, fields);
  const ids = (page: ReturnType<typeof pageOf>): unknown => [page.entries.map(({ id }) => id), page.hasMore];

  test('by count, by type, and after a cursor', () => {
    const all = ['a', 'b', 'c', 'd'].map((id) => entry(id, 10, id === 'c' ? 'custom' : 'message'));
    expect(ids(pageOf(all, query({ limit: 2 })))).toEqual([['a', 'b'], true]);
    expect(ids(pageOf(all, query({ since: 'b', limit: 2 })))).toEqual([['c', 'd'], false]);
    expect(ids(pageOf(all, query({ since: 'd' })))).toEqual([[], false]);
    expect(ids(pageOf(all, query({ types: ['custom'] })))).toEqual([['c'], false]);
    expect(() => pageOf(all, query({ since: 'z' }))).toThrow('There is no entry z.');
  });

  test('by length; an entry that fits on no page comes without its content', () => {
    const all = [entry('a', 1_500_000), entry('b', 1_500_000), entry('c', 3_000_000), entry('d')];
    expect(ids(pageOf(all, query({})))).toEqual([['a'], true]);
    const rest = pageOf(all, query({ since: 'b' }));
    expect(ids(rest)).toEqual([['c', 'd'], false]);
    expect(JSON.parse(rest.entries[0]?.json ?? '')).toMatchObject({
      id: 'c',
      omittedLength: expect.any(Number) as number,
    });
  });
});

test('refuses a message sent as the person where pi would lose it', async () => {
  const { host, told } = hostOf({ context: { isIdle: () => false } });
  const send = (deliverAs: 'byDefault' | 'steer' | 'nextTurn') =>
    host.sendUserMessage(withDefaults(sendUserMessageCodec, { content: [{ which: 'text', text: 'x' }], deliverAs }));
  await expect(send('byDefault')).rejects.toMatchObject({ code: 'invalidInput' });
  await expect(send('nextTurn')).rejects.toMatchObject({ code: 'invalidInput' });
  await send('steer');
  expect(told).toEqual([
    {
      what: 'sendUserMessage',
      with: [[{ type: 'text', text: 'x' }], { expandPromptTemplates: false, deliverAs: 'steer' }],
    },
  ]);
});

describe('a dialog ends', () => {
  const confirm = { which: 'confirm' as const, confirm: { title: 't', message: 'm' } };
  const never = (): Promise<never> => new Promise(() => undefined);

  test('with the run, unless it belongs to a command', async () => {
    const run = new AbortController();
    const { host, calls } = hostOf({ context: { signal: run.signal }, ui: { confirm: never, editor: never } });
    calls.commands.add('/do-1');
    const ofRun = host.uiAction(confirm);
    const editor = host.uiAction({ which: 'editor', editor: { title: 't' } });
    const ofCommand = host.uiAction({ ...confirm, callId: '/do-1', timeoutMs: 50 });
    run.abort();
    expect(await ofRun).toEqual({ which: 'cancelled' });
    expect(await editor).toEqual({ which: 'cancelled' });
    expect(await Promise.race([ofCommand, Promise.resolve('open')])).toBe('open');
    expect(await ofCommand).toEqual({ which: 'cancelled' });
  });

  test('when the bridge cancels it', async () => {
    const { host } = hostOf({ ui: { confirm: never } });
    const call = new AbortController();
    const asked = host.uiAction(confirm, { signal: call.signal });
    call.abort();
    expect(await asked).toEqual({ which: 'cancelled' });
  });
});

test('keys stay in pi', async () => {
  const settings = { theme: 'dark', apiKey: 'k', nested: [{ token: 't', name: 'n' }] };
  const { host } = hostOf({ pi: { getSettings: () => settings } });
  expect(JSON.parse((await host.getSettings({})).json)).toEqual({ theme: 'dark', nested: [{ name: 'n' }] });
});

test('logs lines for developers, and shows the person what goes wrong', async () => {
  const { host, logged, told } = hostOf();
  await host.log({ level: 'info', message: 'a' });
  await host.log({ level: 'error', message: 'b' });
  expect(logged).toEqual(['info: a', 'error: b']);
  expect(told).toEqual([{ what: 'notify', with: ['b', 'error'] }]);
});
