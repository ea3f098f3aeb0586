/**
 * The page's secret, which proves to the host that this page comes from its own port.
 *
 * Browsers send the cookie to every port of this computer, so it proves nothing by itself. The secret is in
 * `sessionStorage`, which only our origin can read: a reload keeps it, and another tab asks an open one for it.
 */
import type { ShellWindow } from './shell-window';

const storageKey = 'piwork-page-secret';
const answerHeader = 'Piwork-Page-Secret';
/** An open tab answers immediately; a tab in the background may take a moment. */
const otherTabsAnswerMs = 1_000;

type Message = { readonly type: 'ask' } | { readonly type: 'answer'; readonly secret: string };

/** Exchanges the address's token for the secret. Nothing without a token, or with one that no longer works. */
async function tradeToken({ location, history, fetch }: ShellWindow): Promise<string | null> {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (token === undefined) return null;
  // The token leaves the address first, so that no reload, bookmark or screenshot carries it.
  history.replaceState(null, '', location.pathname + location.search);
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: decodeURIComponent(token) }),
  });
  return answer.ok ? answer.headers.get(answerHeader) : null;
}

/** The secret from another tab of this browser, if one is open. */
function askOtherTabs({ BroadcastChannel }: ShellWindow): Promise<string | null> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(storageKey);
    const end = (secret: string | null): void => {
      clearTimeout(deadline);
      channel.close();
      resolve(secret);
    };
    const deadline = setTimeout(() => end(null), otherTabsAnswerMs);
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type === 'answer') end(data.secret);
    };
    channel.postMessage({ type: 'ask' } satisfies Message);
  });
}

function answerOtherTabs({ BroadcastChannel }: ShellWindow, secret: string): void {
  const channel = new BroadcastChannel(storageKey);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'ask') channel.postMessage({ type: 'answer', secret } satisfies Message);
  };
}

/** The page's secret, or `null` when the address, this tab and all other tabs have none. */
export async function findPageSecret(window: ShellWindow): Promise<string | null> {
  const secret =
    (await tradeToken(window)) ?? window.sessionStorage.getItem(storageKey) ?? (await askOtherTabs(window));
  if (secret === null) return null;
  window.sessionStorage.setItem(storageKey, secret);
  answerOtherTabs(window, secret);
  return secret;
}
