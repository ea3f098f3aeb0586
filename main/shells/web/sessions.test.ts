import { Sessions } from './sessions';

const valueOf = (setCookie: string): string => setCookie.split(';')[0] ?? '';

test('a token works once, and its cookie from then on', () => {
  const sessions = new Sessions('piwork');
  const token = sessions.issueToken();
  const { cookie, pageSecret } = sessions.redeem(token)!;
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  expect([sessions.isPageSecret(pageSecret), cookie.includes(pageSecret)]).toEqual([true, false]);
  expect(sessions.redeem(token)).toBeNull();
  expect(sessions.isAllowed(`other=1; ${valueOf(cookie)}`)).toBe(true);
});

test('a token expires after ten minutes', () => {
  let now = 0;
  const sessions = new Sessions('piwork', () => now);
  const token = sessions.issueToken();
  now = 10 * 60_000 + 1;
  expect(sessions.redeem(token)).toBeNull();
});

test.each([undefined, '', 'piwork', 'piwork=', `piwork=${'0'.repeat(64)}`, `piwork=${'ü'.repeat(64)}`, 'x=y;;='])(
  'the cookie header %j gives no access',
  (header) => {
    expect(new Sessions('piwork').isAllowed(header)).toBe(false);
  },
);

test.each(['', 'nonsense', 'ü'.repeat(64)])("the token %j gives no access and doesn't throw", (token) => {
  const sessions = new Sessions('piwork');
  sessions.issueToken();
  expect(sessions.redeem(token)).toBeNull();
});
