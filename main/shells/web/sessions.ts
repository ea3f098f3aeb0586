/**
 * Who may use the page: a token that works once is exchanged for a cookie and the page's secret.
 *
 * The token is in the address's fragment, which browsers never send. Both are needed: another program may have the
 * cookie, since browsers send it to every port of this computer, and only our page can have the secret. With the
 * cookie, a used address works again: whoever opened it may open it once more.
 */
import { randomBytes } from 'node:crypto';
import { isSameSecret } from '../../../node/proof';

const tokenLifeMs = 10 * 60_000;

export interface OpenedSession {
  /** The value of `Set-Cookie` */
  readonly cookie: string;
  readonly pageSecret: string;
}

export class Sessions {
  /** When each token expires if there is no cookie, in milliseconds since the epoch */
  readonly #tokens = new Map<string, number>();
  /** One of each per host: all its pages belong to the same person */
  readonly #cookieSecret = randomBytes(32).toString('hex');
  readonly #pageSecret = randomBytes(32).toString('hex');

  constructor(
    private readonly cookieName: string,
    private readonly now: () => number = Date.now,
  ) {}

  issueToken(): string {
    const token = randomBytes(32).toString('hex');
    this.#tokens.set(token, this.now() + tokenLifeMs);
    return token;
  }

  /** A session for a token: once before it expires, or again with the cookie. */
  redeem(offered: string, cookieHeader?: string): OpenedSession | null {
    const found = [...this.#tokens].find(([token]) => isSameSecret(token, offered));
    if (!found) return null;
    const [token, until] = found;
    this.#tokens.set(token, 0);
    if (until < this.now() && !this.isAllowed(cookieHeader)) return null;
    const cookie = `${this.cookieName}=${this.#cookieSecret}; HttpOnly; SameSite=Strict; Path=/`;
    return { cookie, pageSecret: this.#pageSecret };
  }

  isPageSecret(offered: string): boolean {
    return isSameSecret(offered, this.#pageSecret);
  }

  isAllowed(cookieHeader: string | undefined): boolean {
    return (cookieHeader ?? '').split(';').some((pair) => {
      const [name = '', value = ''] = pair.trim().split('=', 2);
      return name === this.cookieName && isSameSecret(value, this.#cookieSecret);
    });
  }
}
