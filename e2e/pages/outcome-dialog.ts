/**
 * Undo, redo and apply: a dialog that asks first where there is something to decide, and reports the outcome at the
 * end.
 */
import { expect, type Locator, type Page } from '@playwright/test';

export class OutcomeDialog {
  readonly question: Locator;
  readonly outcome: Locator;

  constructor(page: Page, { question, outcome }: { readonly question?: RegExp; readonly outcome: string }) {
    this.question = page.getByRole('dialog', { name: question ?? outcome });
    this.outcome = page.getByRole('dialog', { name: outcome });
  }

  /** Presses the button that the question is about, and waits for the outcome. */
  async confirm(button: 'Undo' | 'Redo'): Promise<void> {
    await this.question.getByRole('button', { name: button, exact: true }).click();
    await expect(this.outcome).toBeVisible();
  }

  async done(): Promise<void> {
    await this.outcome.getByRole('button', { name: 'Done' }).click();
    await expect(this.outcome).toBeHidden();
  }
}
