/** The guest's side of `hello`: nothing else is answered before it, and a wrong step ends the connection. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { RpcError } from '../../../schema/errors';
import { gatewayTokenText, handshakeText, taskdProtocol, type HandshakeRole } from '../../../schema/handshake';

export const sign = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** A task's token at the gateway: proves to the host which task asks, and nothing more. */
export const gatewayToken = (key: Buffer, taskId: string): string => `${taskId}.${sign(key, gatewayTokenText(taskId))}`;

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
    return { protocol: taskdProtocol, build: this.build, challenge: challenges.guest, proof: this.#proof('guest') };
  }

  /** @throws RpcError `UNAUTHENTICATED` */
  prove(proof: string): void {
    if (!this.#challenges || !timingSafeEqual(Buffer.from(proof), Buffer.from(this.#proof('host')))) {
      throw new RpcError('UNAUTHENTICATED', 'The proof does not fit this start of the workspace.');
    }
    this.#isProven = true;
  }

  #proof(role: HandshakeRole): string {
    return sign(this.key, handshakeText(role, this.#challenges?.host ?? '', this.#challenges?.guest ?? ''));
  }
}
