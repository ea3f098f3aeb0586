/** What the gateway knows: the key of this start of the VM, and the providers with their keys. */
import { z } from 'zod';
import { providerApi, providerName } from '../../schema/app-api';

export const gatewayProvider = z.strictObject({
  name: providerName,
  label: z.string(),
  baseUrl: z.url(),
  /** The API by which the key is sent */
  api: providerApi,
  /** Every API whose endpoints may be used */
  apis: z.array(providerApi),
  key: z.string().nullable(),
  /** Local servers often need none */
  needsKey: z.boolean(),
});
export type GatewayProvider = z.output<typeof gatewayProvider>;

export const gatewayConfig = z.strictObject({
  /** The connection key of this start, 64 hex digits; without one every token is refused */
  key: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  providers: z.array(gatewayProvider),
});
export type GatewayConfig = z.output<typeof gatewayConfig>;
