/** The guest's side of `hello`. Nothing else is answered before it, and a wrong step ends the connection. */
import { randomBytes } from 'node:crypto';
import { isProof, prove } from '../../../node/proof';
import { RpcError } from '../../../schema/errors';
import { handshakeText, taskdProtocol } from '../../../schema/handshake';

export class Authentication {
  #challenges: { readonly host: string; readonly guest: string } | null = null;
  #isProven = false;

  constructor(
    private readonly key: Buffer,
    private readonly build: string,
  ) {}

  get isProven(): boolean {
    return this.#isProven;
  }

  hello(challenge: string): { protocol: number; build: string; challenge: string; proof: string } {
    const challenges = { host: challenge, guest: randomBytes(32).toString('hex') };
    this.#challenges = challenges;
    const proof = prove(this.key, handshakeText('guest', challenges.host, challenges.guest));
    return { protocol: taskdProtocol, build: this.build, challenge: challenges.guest, proof };
  }

  /** @throws RpcError `UNAUTHENTICATED` */
  prove(proof: string): void {
    const challenges = this.#challenges;
    if (!challenges || !isProof(proof, this.key, handshakeText('host', challenges.host, challenges.guest))) {
      throw new RpcError('UNAUTHENTICATED', "The proof doesn't match this start of the workspace.");
    }
    this.#isProven = true;
  }
}
