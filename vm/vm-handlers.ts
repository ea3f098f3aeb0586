/** What each method of `vm-api` does. */
import { RpcError } from '../schema/errors';
import type { Handlers } from '../schema/rpc';
import type { VmApi } from '../schema/vm-api';
import { VmFailureError } from './failures';
import type { Vm } from './vm';

export function createVmHandlers(vm: Vm): Handlers<VmApi> {
  const handlers: Handlers<VmApi> = {
    'vm.start': async (secrets) => {
      try {
        return await vm.start(secrets);
      } catch (error) {
        if (!(error instanceof VmFailureError)) throw error;
        throw new RpcError('VM_FAILED', error.detail === '' ? error.message : error.detail, { cause: error });
      }
    },
    'vm.stop': async () => {
      await vm.runner.stop();
      return {};
    },
    'vm.examine': () => vm.examine(),
  };
  return handlers;
}
