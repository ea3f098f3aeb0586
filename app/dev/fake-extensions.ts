/** The person's extensions, in memory. */
import type { AppApi } from '../../schema/app-api';
import type { Extension } from '../../schema/extensions';
import { RpcError } from '../../schema/errors';
import type { Handlers } from '../../schema/rpc';
import { fakeHome } from './fake-folders';
import type { FakeHost } from './fake-host';

type ExtensionMethod = 'extension.list' | 'extension.set_on' | 'extension.reload';

/** One that works, one that is off, one with a mistake. */
export const fakeExtensions: readonly Extension[] = [
  { name: 'no-secrets', main: 'no-secrets.edn', isOn: true, summary: '2 rules', problems: [] },
  { name: 'word-count', main: 'word-count/main.edn', isOn: false, summary: '1 tool, 1 command', problems: [] },
  {
    name: 'mine',
    main: 'mine.edn',
    isOn: true,
    summary: null,
    problems: ['mine.edn:3:14: there is no event :tool-cal; did you mean :tool-call?'],
  },
];

export const extensionHandlers = (host: FakeHost): Pick<Handlers<AppApi>, ExtensionMethod> => ({
  'extension.list': () =>
    Promise.resolve({ folder: `${fakeHome}/.local/share/piwork/extensions`, extensions: [...host.extensions] }),
  'extension.set_on': ({ name, isOn }) => {
    if (!host.extensions.some((one) => one.name === name)) {
      throw new RpcError('NOT_FOUND', `There is no extension ${name} any more.`);
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
