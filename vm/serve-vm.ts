/** Serves one VM to main: commands, every change of state, log lines, and a port for each guest. */
import { MessageChannel } from 'node:worker_threads';
import { serve } from '../schema/rpc-server';
import type { Transport } from '../schema/transport';
import { messagePortTransport } from '../schema/transports/message-port';
import { vmApi } from '../schema/vm-api';
import { bridgeGuest } from './guest-bridge';
import { createVmHandlers } from './vm-handlers';
import type { Vm } from './vm';

/** Serves until the transport closes. */
export function serveVm(vm: Vm, main: Transport): void {
  const served = serve(vmApi, createVmHandlers(vm), main);
  vm.runner.changed.add((payload) => served.emit({ event: 'vm.state', payload }));
  vm.logLines.add((payload) => served.emit({ event: 'vm.log', payload }));
  vm.linked.add((guest) => {
    const { port1, port2 } = new MessageChannel();
    bridgeGuest(
      guest,
      messagePortTransport(port1, () => port1.close()),
    );
    served.emit({ event: 'guest.linked', payload: { port: port2 } });
  });
}
