/** What a person does with their extensions. */
import type { Extension } from '../../../schema/extensions';
import type { App } from '../../connection/app';
import { attempt } from '../../connection/attempt';

export interface ExtensionList {
  readonly folder: string;
  readonly extensions: readonly Extension[];
}

export const listExtensions = (app: App): Promise<ExtensionList | undefined> =>
  attempt(app, "Couldn't list the extensions", () => app.client['extension.list']({}));

export const setExtensionOn = (app: App, name: string, isOn: boolean): Promise<unknown> =>
  attempt(app, "Couldn't change the extension", () => app.client['extension.set_on']({ name, isOn }));

export const reloadExtensions = (app: App): Promise<unknown> =>
  attempt(app, "Couldn't reload the extensions", () => app.client['extension.reload']({}));
