/** The person's extensions, in memory. */
import type { AppApi } from '../../../schema/app-api';
import { RpcError } from '../../../schema/errors';
import type { Handlers } from '../../../schema/rpc';
import { fakeHome } from '../data/folders';
import type { FakeHost } from './fake-host';

type ExtensionMethod = 'extension.list' | 'extension.set_on' | 'extension.reload';

export const extensionHandlers = (host: FakeHost): Pick<Handlers<AppApi>, ExtensionMethod> => ({
  'extension.list': () =>
    Promise.resolve({ folder: `${fakeHome}/.local/share/piwork/extensions`, extensions: [...host.extensions] }),
  'extension.set_on': ({ name, isOn }) => {
    if (!host.extensions.some((one) => one.name === name)) {
      throw new RpcError('NOT_FOUND', `The extension ${name} no longer exists.`);
    }
    host.extensions = host.extensions.map((one) => (one.name === name ? { ...one, isOn } : one));
    host.emit({ event: 'extensions.changed', payload: {} });
    return Promise.resolve({});
  },
  'extension.reload': () => {
    host.emit({ event: 'extensions.changed', payload: {} });
    return Promise.resolve({});
  },
});
