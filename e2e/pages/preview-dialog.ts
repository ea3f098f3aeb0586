/** A look into a file. */
import { expect, type Locator, type Page } from '@playwright/test';

export class PreviewDialog {
  readonly dialog: Locator;
  readonly content: Locator;

  constructor(page: Page, name: string) {
    this.dialog = page.getByRole('dialog', { name });
    this.content = this.dialog.getByRole('group', { name: 'Text' });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toBeHidden();
  }
}
