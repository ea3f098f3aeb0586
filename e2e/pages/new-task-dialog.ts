/** The form of a new task. */
import { expect, type Locator, type Page } from '@playwright/test';

export class NewTaskDialog {
  readonly dialog: Locator;
  readonly title: Locator;
  readonly folder: Locator;
  readonly createButton: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'New task' });
    this.title = this.dialog.getByRole('textbox', { name: 'Title' });
    this.folder = this.dialog.getByRole('textbox', { name: 'Folder' });
    this.createButton = this.dialog.getByRole('button', { name: 'Create task' });
  }

  async fill({ title, folder }: { readonly title: string; readonly folder: string }): Promise<void> {
    await this.title.fill(title);
    await this.folder.fill(folder);
  }

  /** Submits the form, which closes when the task was created. */
  async create(): Promise<void> {
    await this.createButton.click();
    await expect(this.dialog).toBeHidden();
  }

  /** Submits the form and expects it to stay open and say what is wrong. */
  async expectRefusal(words: RegExp): Promise<void> {
    await this.createButton.click();
    await expect(this.folder).toHaveAttribute('aria-invalid', 'true');
    await expect(this.dialog.getByText(words)).toBeVisible();
  }

  async cancel(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(this.dialog).toBeHidden();
  }
}
