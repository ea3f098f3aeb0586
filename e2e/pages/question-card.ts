/** A question about the person's files, above the message field. */
import type { Locator, Page } from '@playwright/test';

export class QuestionCard {
  readonly card: Locator;

  constructor(page: Page, name: string | RegExp) {
    this.card = page.getByRole('region', { name });
  }

  async allowOnce(): Promise<void> {
    await this.card.getByRole('button', { name: 'Allow once' }).click();
  }

  async deny(): Promise<void> {
    await this.card.getByRole('button', { name: 'Deny' }).click();
  }
}
