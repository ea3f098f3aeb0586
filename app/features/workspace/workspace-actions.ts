/** Starting and stopping the workspace by hand. */
import type { App } from '../../connection/app';
import { attempt } from '../../connection/attempt';
import { untilTheHostAnswers } from '../../connection/timeouts';

/** Starts the workspace; its state reports later problems. */
export const startWorkspace = (app: App): Promise<unknown> =>
  attempt(app, "Couldn't start the workspace", () => app.client['vm.start']({}, { timeoutMs: untilTheHostAnswers }));

/** Stops the workspace and frees its memory. */
export const endWorkspace = (app: App): Promise<unknown> =>
  attempt(app, "Couldn't shut down the workspace", () => app.client['vm.stop']({}, { timeoutMs: untilTheHostAnswers }));
