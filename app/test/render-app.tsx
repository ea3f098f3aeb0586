import { act, render, screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { AppContext } from '../app-context';
import { AppShell } from '../features/AppShell';
import { startTestPage, type TestPage, type TestPageOptions } from './start-session';

export interface RenderedPage extends TestPage {
  readonly user: UserEvent;
  /** Lets a scripted run go on for so long, in `ms` */
  readonly run: (durationMs: number) => Promise<void>;
}

/** The whole page over a host in memory. */
export async function renderApp(options: TestPageOptions = {}): Promise<RenderedPage> {
  const page = await startTestPage(options);
  render(
    <AppContext value={page.app}>
      <AppShell />
    </AppContext>,
  );
  const settle = (): Promise<void> => act(() => page.settle());
  await settle();
  const run = async (durationMs: number): Promise<void> => {
    // In steps, since each one may answer a call that the next depends on.
    for (let passed = 0; passed < durationMs; passed += 100) {
      page.scheduler.advance(100);
      await settle();
    }
  };
  return { ...page, settle, run, user: userEvent.setup() };
}

export const conversation = () => within(screen.getByRole('log', { name: 'Conversation' }));
export const tasks = () => within(screen.getByRole('navigation', { name: 'Tasks' }));
