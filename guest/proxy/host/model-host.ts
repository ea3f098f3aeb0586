/** Models, their providers, MCP servers and the harness's settings. */
import { ContractError, toContractError } from '../../../schema/capnp/contract-error';
import type { Done, ModelInfo, PiHost } from '../../../schema/generated/pi-api';
import { fromMcpServer } from '../arms/session-arms';
import { withoutSecrets } from '../headers';
import { objectFromJson, toJson } from '../json';
import type { PiModel } from '../pi';
import { atOnce, type LiveSession } from './live-session';

type Methods = Pick<
  PiHost,
  | 'getModels'
  | 'setModel'
  | 'setThinkingLevel'
  | 'getFlag'
  | 'getSettings'
  | 'registerProvider'
  | 'unregisterProvider'
  | 'registerMcpServer'
  | 'unregisterMcpServer'
  | 'getMcpServers'
>;

const toModelInfo = ({ provider, id, name, contextWindow, input, reasoning }: PiModel): ModelInfo => ({
  ...{ model: { provider, id }, name: name ?? id, contextWindow: contextWindow ?? 0 },
  ...{ takesImages: input?.includes('image') === true, isReasoning: reasoning === true },
});

/** If pi rejects it, the extension made a mistake. */
function takenByPi(work: () => void): Done {
  try {
    work();
    return {};
  } catch (error) {
    if (error instanceof ContractError) throw error;
    throw new ContractError('invalidInput', toContractError(error).message, { cause: error });
  }
}

export const modelHost = (live: LiveSession): Methods => ({
  getModels: atOnce(({ scopedOnly }) => {
    const { modelRegistry, scopedModels } = live().context;
    const models = scopedOnly ? scopedModels.map(({ model }) => model) : modelRegistry.getAvailable();
    return { models: models.map(toModelInfo) };
  }),
  setModel: async ({ provider, id }) => {
    const { pi, context } = live();
    const model = context.modelRegistry.find(provider, id);
    if (!model) throw new ContractError('notFound', `There is no model ${provider}/${id}.`);
    return { changed: await pi.setModel(model) };
  },
  setThinkingLevel: atOnce(({ level }) => {
    live().pi.setThinkingLevel(level);
    return {};
  }),
  getFlag: atOnce(({ name }) => {
    const value = live().pi.getFlag(name);
    if (typeof value === 'boolean') return { which: 'boolean', boolean: value };
    return value === undefined ? { which: 'absent' } : { which: 'string', string: value };
  }),
  getSettings: atOnce(() => ({ json: toJson(withoutSecrets(live().pi.getSettings())) })),
  registerProvider: atOnce(({ name, configJson }) =>
    takenByPi(() => live().pi.registerProvider(name, objectFromJson(configJson, 'The provider'))),
  ),
  unregisterProvider: atOnce(({ name }) => takenByPi(() => live().pi.unregisterProvider(name))),
  registerMcpServer: atOnce(({ name, configJson }) =>
    takenByPi(() => live().pi.registerMcpServer(name, objectFromJson(configJson, 'The server'))),
  ),
  unregisterMcpServer: atOnce(({ name }) => takenByPi(() => live().pi.unregisterMcpServer(name))),
  getMcpServers: atOnce(() => ({ servers: live().pi.getMcpServers().map(fromMcpServer) })),
});
