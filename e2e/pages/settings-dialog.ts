/** All settings. */
import { expect, type Locator, type Page } from '@playwright/test';

export type SettingsPage = 'General' | 'Models and keys' | 'Extensions';

export class SettingsDialog {
  readonly dialog: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Settings' });
  }

  async show(page: SettingsPage): Promise<void> {
    await this.dialog.getByRole('tab', { name: page }).click();
    await expect(this.panel(page)).toBeVisible();
  }

  /** The row of a provider, which opens to show its key. */
  provider(name: string): Locator {
    return this.dialog.getByRole('listitem').getByRole('button', { name, exact: false, expanded: false });
  }

  /** Adds a custom provider with the form. */
  async addProvider(provider: {
    readonly name: string;
    readonly baseUrl: string;
    readonly models: string;
    readonly key: string;
  }): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Add provider' }).click();
    const form = this.dialog.getByRole('region', { name: 'New provider' });
    await form.getByRole('textbox', { name: 'Name' }).fill(provider.name);
    await form.getByRole('textbox', { name: 'Base URL' }).fill(provider.baseUrl);
    await form.getByRole('textbox', { name: 'Models' }).fill(provider.models);
    await form.getByLabel('Key').fill(provider.key);
    await form.getByRole('button', { name: 'Save provider' }).click();
    await expect(form).toBeHidden();
  }

  panel(page: SettingsPage): Locator {
    return this.dialog.getByRole('tabpanel', { name: page });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toBeHidden();
  }
}
