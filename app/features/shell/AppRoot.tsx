import type { App } from '../../connection/app';
import { toast } from '../../connection/attempt';
import { ReportContext } from '../../ui/copy';
import { AppContext } from '../state/app-context';
import { AppShell } from './AppShell';

/** The page over its store and client. */
export function AppRoot({ app }: { readonly app: App }) {
  return (
    <AppContext value={app}>
      <ReportContext value={(title, text) => toast(app, 'error', title, text)}>
        <AppShell />
      </ReportContext>
    </AppContext>
  );
}
