/** A task's token at the gateway: `<taskId>.<hex HMAC-SHA256>` by the key of the VM's start. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { gatewayTokenText } from '../schema/handshake';
import { taskId as taskIdSchema } from '../schema/ids';

const sign = (key: Buffer, taskId: string): Buffer =>
  createHmac('sha256', key).update(gatewayTokenText(taskId)).digest();

/** The token that taskd gives to a task's pi; `key` is the connection key's 32 bytes. */
export const taskToken = (key: Buffer, taskId: string): string => `${taskId}.${sign(key, taskId).toString('hex')}`;

/** The task that a token was made for, or `null`. Takes as long for a wrong proof as for a right one. */
export function taskOfToken(key: Buffer, token: string): string | null {
  const [taskId = '', proof = '', ...rest] = token.split('.');
  if (rest.length > 0 || !taskIdSchema.safeParse(taskId).success || !/^[0-9a-f]{64}$/.test(proof)) return null;
  return timingSafeEqual(sign(key, taskId), Buffer.from(proof, 'hex')) ? taskId : null;
}

/** Everything in a request that may be a token: pi puts it where its provider's API would have the key. */
export function offeredTokens(headers: IncomingHttpHeaders, query: URLSearchParams): readonly string[] {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const places = [bearer, headers['x-api-key'], headers['x-goog-api-key'], query.get('key')];
  return places.filter((value) => typeof value === 'string');
}
