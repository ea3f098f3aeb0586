/** Starting and ending the workspace by hand. */
import type { App } from '../../connection/app';
import { attempt } from '../../connection/attempt';
import { openTimeoutMs } from '../../connection/timeouts';

/** Starts the workspace; what goes wrong after that is told by its own state. */
export const startWorkspace = (app: App): Promise<unknown> =>
  attempt(app, 'Couldn’t start the workspace', () => app.client['vm.start']({}, { timeoutMs: openTimeoutMs }));

/** Ends the workspace and gives its memory back. */
export const endWorkspace = (app: App): Promise<unknown> =>
  attempt(app, 'Couldn’t shut down the workspace', () => app.client['vm.stop']({}, { timeoutMs: openTimeoutMs }));
