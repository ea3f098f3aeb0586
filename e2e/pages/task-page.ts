/** One task: its conversation, the message field, and its files. */
import { expect, type Locator, type Page } from '@playwright/test';
import { ChangesPanel } from './changes-panel';
import { PreviewDialog } from './preview-dialog';

export class TaskPage {
  readonly conversation: Locator;
  readonly message: Locator;
  readonly send: Locator;
  readonly stop: Locator;
  /** What the agent did, one card each */
  readonly cards: Locator;
  readonly changes: ChangesPanel;
  readonly outputs: Locator;
  readonly uploads: Locator;
  readonly problem: Locator;
  readonly folderProblem: Locator;
  /** What screen readers announce about the run */
  readonly status: Locator;

  constructor(readonly page: Page) {
    this.conversation = page.getByRole('log', { name: 'Conversation' });
    this.message = page.getByRole('textbox', { name: 'Message' });
    this.send = page.getByRole('button', { name: 'Send', exact: true });
    this.stop = page.getByRole('button', { name: 'Stop', exact: true });
    this.cards = this.conversation.getByRole('article');
    this.changes = new ChangesPanel(page);
    this.outputs = page.getByRole('region', { name: 'Outputs' });
    this.uploads = page.getByRole('region', { name: 'Uploads' });
    this.folderProblem = page.getByRole('region', { name: 'Folder problem' });
    this.problem = page.getByRole('region', { name: 'Task problem' });
    this.status = page.getByRole('status', { name: 'Task status' });
  }

  card(name: string | RegExp): Locator {
    return this.conversation.getByRole('article', { name });
  }

  /** Types a message and sends it with the keyboard. */
  async prompt(message: string): Promise<void> {
    await this.message.fill(message);
    await this.message.press('Enter');
    await expect(this.message).toHaveValue('');
  }

  /** Waits for the end of the run: until then, the field says why nothing can be sent. */
  async settled(): Promise<void> {
    await expect(this.message).toHaveAccessibleDescription('', { timeout: 180_000 });
    await expect(this.stop).toBeHidden();
    await expect(this.conversation.getByText(/^(Sending|Starting the agent|Thinking)…$/)).toBeHidden();
    // The page follows new text unless the person has scrolled up.
    await expect(this.page.getByRole('button', { name: 'Jump to newest' })).toBeHidden();
  }

  /** Sends a message and waits until its run is over. */
  async run(message: string): Promise<void> {
    await this.prompt(message);
    await this.settled();
  }

  /** Gives the task a file with the button beside the field. */
  async give(name: string, content: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Add files', exact: true }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
    await expect(this.uploads.getByRole('button', { name })).toBeVisible();
  }

  async rename(title: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More' }).click();
    await this.page.getByRole('menuitem', { name: 'Rename…' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Rename task' });
    await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }

  output(name: string): Locator {
    return this.outputs.getByRole('button', { name });
  }

  async openOutput(name: string): Promise<PreviewDialog> {
    await this.output(name).click();
    return new PreviewDialog(this.page, name);
  }
}
