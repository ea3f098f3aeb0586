import { findShell, type ShellWindow } from './client';

interface Call {
  readonly input: string;
  readonly init: RequestInit | undefined;
}

function fakeWindow(
  hash: string,
  status: number | 'away' = 204,
): { window: ShellWindow; calls: Call[]; urls: string[] } {
  const calls: Call[] = [];
  const urls: string[] = [];
  const window: ShellWindow = {
    location: { hash, host: '127.0.0.1:4000', pathname: '/', protocol: 'http:', search: '' },
    history: { replaceState: (_data, _title, url) => void urls.push(String(url)) },
    fetch: (input, init) => {
      calls.push({ input, init });
      if (status === 'away') return Promise.reject(new Error('refused'));
      return Promise.resolve({ ok: status < 300, status });
    },
    WebSocket: class {
      readonly readyState = 0;
      constructor(url: string) {
        urls.push(url);
      }
      addEventListener(): void {
        // Nothing happens on this socket.
      }
    } as unknown as ShellWindow['WebSocket'],
  };
  return { window, calls, urls };
}

test('the token of the address is traded for a session and leaves the address first', async () => {
  const { window, calls, urls } = fakeWindow('#token=a%2Bb');
  const shell = await findShell(window);
  expect(urls).toEqual(['/']);
  expect(calls).toEqual([
    {
      input: '/session',
      init: { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"token":"a+b"}' },
    },
  ]);
  shell?.openTransport();
  expect(urls.at(-1)).toBe('ws://127.0.0.1:4000/ws');
});

test('without a token the cookie decides', async () => {
  const { window, calls } = fakeWindow('');
  expect(await findShell(window)).not.toBeNull();
  expect(calls).toEqual([]);
});

test('a used token leaves the decision to the cookie; a host that fails gives no session', async () => {
  expect(await findShell(fakeWindow('#token=used', 401).window)).not.toBeNull();
  expect(await findShell(fakeWindow('#token=any', 500).window)).toBeNull();
});

test('a host that answers refuses this page, one that does not is away', async () => {
  const refused = await findShell(fakeWindow('', 200).window);
  const away = await findShell(fakeWindow('', 'away').window);
  expect([await refused?.findCause(), await away?.findCause()]).toEqual(['refused', 'away']);
});

test('the bridge of the preload is used where there is one', async () => {
  const sent: unknown[] = [];
  const { window, calls } = fakeWindow('#token=x');
  const piwork = { send: (message: unknown) => void sent.push(message), receive: () => () => undefined };
  const shell = await findShell({ ...window, piwork });
  shell?.openTransport().send({ hello: 1 });
  expect([sent, calls]).toEqual([[{ hello: 1 }], []]);
});
