/** All settings. */
import { expect, type Locator, type Page } from '@playwright/test';

export class SettingsDialog {
  readonly dialog: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Settings' });
  }

  async show(page: 'General' | 'Models and keys'): Promise<void> {
    await this.dialog.getByRole('tab', { name: page }).click();
    await expect(this.dialog.getByRole('tabpanel', { name: page })).toBeVisible();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toBeHidden();
  }
}
