/**
 * Who may use the page: a token that works once is exchanged for a cookie.
 *
 * The token is in the address's fragment, which browsers never send.
 */
import { randomBytes } from 'node:crypto';
import { isSameSecret } from '../../../node/proof';

const tokenLifeMs = 10 * 60_000;

export class Sessions {
  readonly #tokens = new Map<string, number>();
  /** One secret per host: all its pages belong to the same person */
  readonly #secret = randomBytes(32).toString('hex');

  constructor(
    private readonly cookieName: string,
    private readonly now: () => number = Date.now,
  ) {}

  issueToken(): string {
    const token = randomBytes(32).toString('hex');
    this.#tokens.set(token, this.now() + tokenLifeMs);
    return token;
  }

  /** The `Set-Cookie` value for a token, once; nothing for an unknown, used or expired one. */
  redeem(offered: string): string | null {
    for (const [token, until] of this.#tokens) {
      if (!isSameSecret(token, offered)) continue;
      this.#tokens.delete(token);
      if (until < this.now()) return null;
      return `${this.cookieName}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`;
    }
    return null;
  }

  isAllowed(cookieHeader: string | undefined): boolean {
    return (cookieHeader ?? '').split(';').some((pair) => {
      const [name = '', value = ''] = pair.trim().split('=', 2);
      return name === this.cookieName && isSameSecret(value, this.#secret);
    });
  }
}
