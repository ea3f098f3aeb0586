/**
 * What both ends of the taskd port sign in the `hello` exchange.
 *
 * Each side proves that it has the key by an HMAC-SHA256 over the other's challenge. The role prevents one side's proof
 * from being sent back as the other's. The HMAC itself is in `node/proof.ts`, because this folder uses no crypto.
 */
export type HandshakeRole = 'host' | 'guest';

/** Version of `taskd-api`; raised by any change that an older peer would misunderstand. */
export const taskdProtocol = 1;

/** The text to sign: the prover's role and both challenges. */
export const handshakeText = (role: HandshakeRole, hostChallenge: string, guestChallenge: string): string =>
  `piwork-taskd-v${taskdProtocol}\n${role}\n${hostChallenge}\n${guestChallenge}`;

/** The text whose HMAC is a task's token at the gateway. */
export const gatewayTokenText = (taskId: string): string => `piwork-gateway-v1\n${taskId}`;
