/** What a person changes in the settings. */
import type { Settings } from '../../../schema/settings';
import type { App } from '../../connection/app';
import { attempt } from '../../connection/attempt';

export const updateSettings = (app: App, change: Partial<Settings>): Promise<unknown> =>
  attempt(app, "Couldn't save the setting", () => app.client['settings.update'](change));

export const setTheme = (app: App, theme: Settings['theme']): Promise<unknown> => updateSettings(app, { theme });
