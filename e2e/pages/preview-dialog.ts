/** A preview of a file. */
import { expect, type Locator, type Page } from '@playwright/test';

export class PreviewDialog {
  readonly dialog: Locator;
  readonly content: Locator;
  /** The differences from the earlier file */
  readonly differences: Locator;

  constructor(page: Page, name: string) {
    this.dialog = page.getByRole('dialog', { name });
    this.content = this.dialog.getByRole('group', { name: 'Text' });
    this.differences = this.dialog.getByRole('group', { name: 'Differences' });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(this.dialog).toBeHidden();
  }
}
