/** What the agent changed, file by file. */
import type { Locator, Page } from '@playwright/test';
import { PreviewDialog } from './preview-dialog';

export class ChangesPanel {
  readonly region: Locator;

  constructor(private readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Changes' });
  }

  /** The row of a file: its name and what happened to it. */
  file(name: RegExp): Locator {
    return this.region.getByRole('button', { name });
  }

  /** Opens a row, which compares the file with its earlier content. */
  async compare(row: RegExp, name: string): Promise<PreviewDialog> {
    await this.file(row).click();
    return new PreviewDialog(this.page, name);
  }
}
