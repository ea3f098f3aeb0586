/** `provider add | list | test | remove`. */
import { providerApi, providerName } from '../../../schema/providers';
import type { AppApi } from '../../../schema/app-api';
import type { Client } from '../../../schema/rpc';
import { UsageError, type Command } from './arguments';
import { readSecret } from './terminal';
import { output } from './print';

type ProviderCommand = Extract<Command, { kind: `provider-${string}` }>;

async function add(
  client: Client<AppApi>,
  { name, baseUrl, api, models }: Extract<ProviderCommand, { kind: 'provider-add' }>,
): Promise<number> {
  const parsedApi = api === null ? null : providerApi.safeParse(api);
  if (parsedApi?.success === false)
    throw new UsageError(`There is no API ${api ?? ''}. Use ${providerApi.options.join(', ')}.`);
  const key = await readSecret(`Key for ${name} (leave empty for none): `);
  await client['provider.save']({
    name: providerName.parse(name),
    ...(baseUrl === null ? {} : { baseUrl }),
    ...(parsedApi?.success ? { api: parsedApi.data } : {}),
    ...(models.length === 0 ? {} : { models: [...models] }),
    ...(key === '' ? {} : { key }),
  });
  const { app } = await client['app.snapshot']({});
  output.lines(`Saved ${name}. ${app.keyStorage}`);
  return 0;
}

async function list(client: Client<AppApi>): Promise<number> {
  const { providers } = await client['app.snapshot']({});
  for (const { name, label, kind, hasKey, models } of providers) {
    const key = kind === 'tour' ? 'built in' : hasKey ? 'key saved' : 'no key';
    output.lines(`${name.padEnd(14)} ${label.padEnd(24)} ${key.padEnd(9)} ${models.map(({ id }) => id).join(', ')}`);
  }
  return 0;
}

async function test(client: Client<AppApi>, name: string): Promise<number> {
  const { ok, problem, durationMs } = await client['provider.test']({ name }, { timeoutMs: 90_000 });
  output.lines(ok ? `${name} answered in ${(durationMs / 1000).toFixed(1)} s.` : `${name}: ${problem ?? 'failed'}`);
  return ok ? 0 : 1;
}

export async function providerCommand(client: Client<AppApi>, command: ProviderCommand): Promise<number> {
  switch (command.kind) {
    case 'provider-add':
      return add(client, command);
    case 'provider-list':
      return list(client);
    case 'provider-test':
      return test(client, command.name);
    case 'provider-remove':
      await client['provider.remove']({ name: command.name });
      output.lines(`Removed ${command.name} and its key.`);
      return 0;
  }
}
