import { act, render, screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { AppRoot } from '../features/shell/AppRoot';
import { startTestPage, type TestPage, type TestPageOptions } from './start-session';

export interface RenderedPage extends TestPage {
  readonly user: UserEvent;
  /** Lets a scripted run continue for this long, in `ms` */
  readonly run: (durationMs: number) => Promise<void>;
}

/** The whole page over a host in memory. */
export async function renderApp(options: TestPageOptions = {}): Promise<RenderedPage> {
  const page = await startTestPage(options);
  render(<AppRoot app={page.app} />);
  const settle = (): Promise<void> => act(() => page.settle());
  await settle();
  const run = async (durationMs: number): Promise<void> => {
    // In steps, because each may answer a call that the next one depends on.
    for (let passed = 0; passed < durationMs; passed += 100) {
      page.scheduler.advance(100);
      await settle();
    }
  };
  return { ...page, settle, run, user: userEvent.setup() };
}

export const conversation = () => within(screen.getByRole('log', { name: 'Conversation' }));
export const tasks = () => within(screen.getByRole('navigation', { name: 'Tasks' }));

/** A task's row in the list */
export const taskRow = (title: string): string => tasks().getByRole('button', { name: new RegExp(title) }).textContent;

/** The title of the open dialog */
export const dialogTitle = (): string =>
  within(screen.getByRole('dialog')).getByRole('heading', { level: 2 }).textContent;
