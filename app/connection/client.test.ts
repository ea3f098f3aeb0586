import { findShell } from './client';
import type { ShellWindow } from './shell-window';

interface Call {
  readonly input: string;
  readonly init: RequestInit | undefined;
}

interface FakeWindow {
  readonly window: ShellWindow;
  readonly calls: Call[];
  readonly urls: string[];
  /** What was sent on the page's sockets */
  readonly sent: string[];
  readonly stored: Map<string, string>;
}

/** The tabs of one browser: each receives what another posts on a channel. */
class Tabs {
  readonly channels = new Set<{ onmessage: ((event: MessageEvent) => void) | null }>();
  readonly Channel = channelOf(this);
}

const channelOf = ({ channels }: Pick<Tabs, 'channels'>): ShellWindow['BroadcastChannel'] =>
  class {
    onmessage: ((event: MessageEvent) => void) | null = null;
    constructor() {
      channels.add(this);
    }
    postMessage(data: unknown): void {
      for (const other of channels) {
        if (other !== this) void Promise.resolve().then(() => other.onmessage?.({ data } as MessageEvent));
      }
    }
    close(): void {
      channels.delete(this);
    }
  };

function fakeWindow(
  hash: string,
  status: number | 'away' = 204,
  { stored = new Map<string, string>(), tabs = new Tabs() } = {},
): FakeWindow {
  const calls: Call[] = [];
  const urls: string[] = [];
  const sent: string[] = [];
  const window: ShellWindow = {
    location: { hash, host: '127.0.0.1:4000', pathname: '/', protocol: 'http:', search: '' },
    history: { replaceState: (_data, _title, url) => void urls.push(String(url)) },
    fetch: (input, init) => {
      calls.push({ input, init });
      if (status === 'away') return Promise.reject(new Error('refused'));
      const headers = new Headers(status < 300 ? { 'piwork-page-secret': 'from-the-host' } : {});
      return Promise.resolve({ ok: status < 300, status, headers });
    },
    sessionStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
    },
    BroadcastChannel: tabs.Channel,
    WebSocket: class {
      readonly readyState = 0;
      constructor(url: string) {
        urls.push(url);
      }
      addEventListener(type: string, listener: () => void): void {
        if (type === 'open') queueMicrotask(listener);
      }
      send(text: string): void {
        sent.push(text);
      }
    } as unknown as ShellWindow['WebSocket'],
  };
  return { window, calls, urls, sent, stored };
}

const kept = (): Map<string, string> => new Map([['piwork-page-secret', 'kept']]);

test("the address's token is exchanged for a session and leaves the address first", async () => {
  const { window, calls, urls, stored } = fakeWindow('#token=a%2Bb');
  const shell = await findShell(window);
  expect(urls).toEqual(['/']);
  expect(calls).toEqual([
    {
      input: '/session',
      init: { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"token":"a+b"}' },
    },
  ]);
  expect([...stored.values()]).toEqual(['from-the-host']);
  shell?.openTransport();
  expect(urls.at(-1)).toBe('ws://127.0.0.1:4000/ws');
});

test('the secret is the first message on a socket', async () => {
  const { window, sent } = fakeWindow('#token=a');
  (await findShell(window))?.openTransport().send({ hello: 1 });
  await Promise.resolve();
  expect(sent).toEqual(['{"secret":"from-the-host"}', '{"hello":1}']);
});

test("a reload keeps its tab's secret", async () => {
  const { window, calls } = fakeWindow('', 204, { stored: kept() });
  expect(await findShell(window)).not.toBeNull();
  expect(calls).toEqual([]);
});

test('a second tab gets the secret from the first, while that is open', async () => {
  jest.useFakeTimers();
  const tabs = new Tabs();
  const alone = findShell(fakeWindow('', 204, { tabs }).window);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(await alone).toBeNull();
  await findShell(fakeWindow('#token=a', 204, { tabs }).window);
  const second = fakeWindow('', 204, { tabs });
  expect(await findShell(second.window)).not.toBeNull();
  expect([...second.stored.values()]).toEqual(['from-the-host']);
  jest.useRealTimers();
});

test("with a used token, the tab's own secret is used; without any secret there is no session", async () => {
  jest.useFakeTimers();
  expect(await findShell(fakeWindow('#token=used', 401, { stored: kept() }).window)).not.toBeNull();
  for (const status of [401, 500]) {
    const found = findShell(fakeWindow('#token=any', status).window);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await found).toBeNull();
  }
  jest.useRealTimers();
});

test("a host that answers refuses this page; one that doesn't is away", async () => {
  const refused = await findShell(fakeWindow('', 200, { stored: kept() }).window);
  const away = await findShell(fakeWindow('', 'away', { stored: kept() }).window);
  expect([await refused?.findCause(), await away?.findCause()]).toEqual(['refused', 'away']);
});

test("the preload's bridge is used if there is one", async () => {
  const sent: unknown[] = [];
  const { window, calls } = fakeWindow('#token=x');
  const piwork = { send: (message: unknown) => void sent.push(message), receive: () => () => undefined };
  const shell = await findShell({ ...window, piwork });
  shell?.openTransport().send({ hello: 1 });
  expect([sent, calls]).toEqual([[{ hello: 1 }], []]);
});
