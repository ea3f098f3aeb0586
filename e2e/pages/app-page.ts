/** The whole page: the list of tasks, and the entry to everything else. */
import { expect, type Locator, type Page } from '@playwright/test';
import { NewTaskDialog } from './new-task-dialog';
import { QuestionCard } from './question-card';
import { SettingsDialog, type SettingsPage } from './settings-dialog';
import { TaskPage } from './task-page';

export class AppPage {
  readonly tasks: Locator;
  readonly workspaceStatus: Locator;
  /** Why the workspace failed, and the button that starts it again */
  readonly workspaceBanner: Locator;
  readonly setAside: Locator;

  constructor(readonly page: Page) {
    this.tasks = page.getByRole('navigation', { name: 'Tasks' });
    this.workspaceStatus = page.getByRole('status', { name: 'Workspace status' });
    this.workspaceBanner = page.getByRole('alert').filter({ hasText: 'The workspace failed' });
    this.setAside = page.getByRole('region', { name: 'Damaged files' });
  }

  /** Resolves when the page has the host's first snapshot. */
  async ready(): Promise<void> {
    await expect(this.workspaceStatus.getByRole('button')).toBeVisible();
  }

  /** The entry of a task in the list. */
  task(title: string): Locator {
    return this.tasks.getByRole('button').filter({ hasText: title });
  }

  /** A question about files of the task on display. */
  question(name: string | RegExp): QuestionCard {
    return new QuestionCard(this.page, name);
  }

  async openTask(title: string): Promise<TaskPage> {
    await this.task(title).click();
    return this.shownTask(title);
  }

  async shownTask(title: string): Promise<TaskPage> {
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    return new TaskPage(this.page);
  }

  async newTask(): Promise<NewTaskDialog> {
    await this.page.getByRole('button', { name: /^New task/ }).click();
    return new NewTaskDialog(this.page);
  }

  /** Creates a task for a folder and shows it. */
  async createTask(title: string, folder: string): Promise<TaskPage> {
    const dialog = await this.newTask();
    await dialog.fill({ title, folder });
    await dialog.create();
    return this.shownTask(title);
  }

  /** The same without a pointer. */
  async createTaskByKeyboard(title: string, folder: string): Promise<TaskPage> {
    const { keyboard } = this.page;
    await keyboard.press('Alt+n');
    const dialog = new NewTaskDialog(this.page);
    await expect(dialog.title).toBeFocused();
    await keyboard.insertText(title);
    await keyboard.press('Tab');
    await expect(dialog.folder).toBeFocused();
    await keyboard.insertText(folder);
    await keyboard.press('Enter');
    await expect(dialog.dialog).toBeHidden();
    return this.shownTask(title);
  }

  async settings(page: SettingsPage = 'General'): Promise<SettingsDialog> {
    await this.page.getByRole('button', { name: /^Settings/ }).click();
    return this.#shownSettings(page);
  }

  /** The same without a pointer. */
  async settingsByKeyboard(page: SettingsPage): Promise<SettingsDialog> {
    await this.page.keyboard.press('Control+,');
    return this.#shownSettings(page);
  }

  async #shownSettings(page: SettingsPage): Promise<SettingsDialog> {
    const dialog = new SettingsDialog(this.page);
    await dialog.show(page);
    return dialog;
  }
}
