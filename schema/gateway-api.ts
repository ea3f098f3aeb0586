/**
 * `gateway-api`: main ↔ the gateway's worker thread.
 *
 * | method            | effect                                                              |
 * |-------------------|---------------------------------------------------------------------|
 * | gateway.configure | replaces key and providers; may come at any time, first before start |
 * | gateway.start     | listens on a free port of 127.0.0.1, once                           |
 * | gateway.stop      | cuts every connection and closes the port                           |
 * | gateway.test      | asks a provider for one short answer                                |
 *
 * | event       | says                                              |
 * |-------------|---------------------------------------------------|
 * | gateway.log | an error of the gateway itself, for the host's log |
 */
import { z } from 'zod';
import { providerApi, providerName } from './providers';
import { method, type Contract } from './rpc';

const gatewayProvider = z.strictObject({
  name: providerName,
  label: z.string(),
  baseUrl: z.url(),
  /** The API that decides how the key is sent */
  api: providerApi,
  /** Every API whose endpoints may be used */
  apis: z.array(providerApi),
  key: z.string().nullable(),
  /** Local servers often need none */
  needsKey: z.boolean(),
});
export type GatewayProvider = z.output<typeof gatewayProvider>;

const gatewayConfig = z.strictObject({
  /** The connection key of this start, 64 hex digits; without it, the gateway refuses every token */
  key: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  providers: z.array(gatewayProvider),
});
export type GatewayConfig = z.output<typeof gatewayConfig>;

/** A provider to test with one short answer. */
const providerTest = gatewayProvider.pick({ label: true, baseUrl: true, api: true, key: true }).extend({
  model: z.string(),
});
export type ProviderTest = z.output<typeof providerTest>;

const providerCause = z.enum([
  'key_refused',
  'no_credit',
  'rate_limited',
  'model_unknown',
  'wrong_url',
  'provider_failed',
  'refused',
  'no_key',
  'network',
]);
export type ProviderCause = z.output<typeof providerCause>;

const providerTestResult = z.object({
  ok: z.boolean(),
  cause: providerCause.nullable(),
  /** What is wrong and what to do, for people; never contains the key */
  problem: z.string().nullable(),
  durationMs: z.number().nonnegative(),
});
export type ProviderTestResult = z.output<typeof providerTestResult>;

const nothing = z.strictObject({});

export const gatewayApi = {
  methods: {
    'gateway.configure': method(gatewayConfig, nothing),
    'gateway.start': method(nothing, z.object({ port: z.number().int().positive() })),
    'gateway.stop': method(nothing, nothing),
    'gateway.test': method(providerTest, providerTestResult),
  },
  events: {
    'gateway.log': z.object({ line: z.string() }),
  },
} satisfies Contract;

export type GatewayApi = typeof gatewayApi;

/** The worker's initial data. */
export const gatewayWorkerConfig = z.strictObject({
  /** Absolute path; contains the tasks' ledgers */
  stateFolder: z.string(),
  /** Factor for the tour model's pauses */
  tourPace: z.number().nonnegative(),
});
export type GatewayWorkerConfig = z.output<typeof gatewayWorkerConfig>;
