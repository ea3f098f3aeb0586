/**
 * A task's token at the gateway: `<taskId>.<proof>`, with the key of the VM's start. It shows which task sends a
 * request.
 */
import { gatewayTokenText } from '../schema/handshake';
import { taskId as taskIdSchema } from '../schema/ids';
import { isProof, prove } from './proof';

/** The token that taskd gives to a task's pi; `key` is the connection key's 32 bytes. */
export const taskToken = (key: Buffer, taskId: string): string => `${taskId}.${prove(key, gatewayTokenText(taskId))}`;

/** The task that a token was made for, or `null`. Takes the same time for a wrong proof as for a right one. */
export function taskOfToken(key: Buffer, token: string): string | null {
  const [taskId = '', proof = '', ...rest] = token.split('.');
  if (rest.length > 0 || !taskIdSchema.safeParse(taskId).success) return null;
  return isProof(proof, key, gatewayTokenText(taskId)) ? taskId : null;
}
