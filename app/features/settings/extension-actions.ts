/** What a person does with their extensions. */
import type { Extension } from '../../../schema/extensions';
import type { App } from '../../connection/app';
import { attempt } from '../../connection/attempt';

export interface ExtensionList {
  readonly folder: string;
  readonly extensions: readonly Extension[];
}

export const listExtensions = (app: App): Promise<ExtensionList | undefined> =>
  attempt(app, 'The extensions could not be listed', () => app.client['extension.list']({}));

export const setExtensionOn = (app: App, name: string, isOn: boolean): Promise<unknown> =>
  attempt(app, 'The extension stays as it was', () => app.client['extension.set_on']({ name, isOn }));

export const reloadExtensions = (app: App): Promise<unknown> =>
  attempt(app, 'The extensions were not read again', () => app.client['extension.reload']({}));
