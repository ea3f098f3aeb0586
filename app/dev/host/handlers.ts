/** The contract's methods, answered by a host in memory. */
import type { AppApi } from '../../../schema/app-api';
import { RpcError } from '../../../schema/errors';
import type { Handlers } from '../../../schema/rpc';
import { approvalHandlers } from './approval-handlers';
import { extensionHandlers } from './extension-handlers';
import type { FakeHost } from './fake-host';
import { fileHandlers } from './file-handlers';
import { reviewHandlers } from './review-handlers';
import { settingHandlers } from './setting-handlers';
import { nothing } from './some';
import { taskHandlers } from './task-handlers';
import { turnHandlers } from './turn-handlers';
import { startFakeVm } from './vm';

/** Handlers of one connection; `lastSeq` is the number of the last event sent on it. */
export function fakeHandlers(host: FakeHost, lastSeq: () => number): Handlers<AppApi> {
  return {
    'app.snapshot': () =>
      Promise.resolve({
        ...host.snapshot,
        seq: lastSeq(),
        tasks: [...host.tasks.values()].map((task) => task.summary),
      }),
    'app.quit': nothing,
    'app.page_address': () => Promise.reject(new RpcError('NOT_SUPPORTED', "This host doesn't serve a page.")),
    'app.dump_state': () => Promise.resolve({ dump: {} }),
    ...taskHandlers(host),
    ...fileHandlers(host),
    ...settingHandlers(host),
    ...turnHandlers(host),
    ...approvalHandlers(host),
    ...reviewHandlers(host),
    ...extensionHandlers(host),
    'vm.start': () => {
      startFakeVm(host);
      return nothing();
    },
    'vm.stop': () => {
      host.setVm({ kind: 'stopped' });
      return nothing();
    },
  };
}
