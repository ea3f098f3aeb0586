/** Everything that the bridge may ask of pi. */
import type { PiHost } from '../../../schema/generated/pi-api';
import { messageHost } from './message-host';
import { modelHost } from './model-host';
import { runHost } from './run-host';
import { sessionHost } from './session-host';
import { toolHost } from './tool-host';
import { uiHost, type UiHostOptions } from './ui-host';

export interface PiHostOptions extends UiHostOptions {
  readonly log: (text: string) => void;
}

/** The host of one session. Every method fails with `notReady` once the session has ended. */
export function piHost(options: PiHostOptions): PiHost {
  const { live, calls, log } = options;
  return {
    ...uiHost(options),
    ...messageHost(live),
    ...sessionHost(live),
    ...toolHost(live, calls),
    ...modelHost(live),
    ...runHost(live, log),
  };
}
