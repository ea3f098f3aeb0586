/** A gateway over a fake provider of each kind, for one test. */
import { startFakeUpstream, type FakeUpstream } from './fake-upstream';
import { openGateway, provider, type OpenGateway } from './open-gateway';

export const completions = '/fake/chat/completions';

export interface GatewayStage {
  readonly upstream: FakeUpstream;
  readonly gateway: OpenGateway;
  close(): Promise<void>;
}

export async function setGatewayStage(): Promise<GatewayStage> {
  const upstream = await startFakeUpstream();
  const gateway = await openGateway([
    provider(`${upstream.url}/v1`),
    provider(upstream.url, { name: 'claude', api: 'anthropic-messages', apis: ['anthropic-messages'] }),
    provider(`${upstream.url}/v1beta`, {
      name: 'gemini',
      api: 'google-generative-ai',
      apis: ['google-generative-ai'],
    }),
    provider(`${upstream.url}/api/v1`, { name: 'router', apis: ['openai-completions', 'anthropic-messages'] }),
    provider(upstream.url, { name: 'keyless', label: 'Anthropic', key: null }),
    provider(`${upstream.url}/v1`, { name: 'local', key: null, needsKey: false }),
    provider('http://127.0.0.1:1/v1', { name: 'down' }),
    provider('http://host.invalid/v1', { name: 'nowhere' }),
  ]);
  return {
    ...{ upstream, gateway },
    close: async () => {
      await gateway.close();
      await upstream.close();
    },
  };
}
