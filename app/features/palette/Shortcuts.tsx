import { useApp, useAppState } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import { Dialog } from '../../ui/Dialog';
import { Kbd } from '../../ui/Kbd';
import { keysFor, shortcuts } from '../../ui/keys';

const inMessage = [
  ['Send message', 'Enter'],
  ['New line', 'Shift Enter'],
  ['Stop run', 'Esc'],
] as const;

/** All shortcuts. */
export function Shortcuts() {
  const app = useApp();
  const isOpen = useAppState((state) => state.ui.dialog === 'shortcuts');
  const rows = shortcuts.map(({ name, label }) => [label, keysFor(name)] as const);
  return (
    <Dialog
      title="Keyboard shortcuts"
      isOpen={isOpen}
      onClose={() => updateUi(app.store, { dialog: null })}
      size="small"
    >
      <div className="overflow-y-auto px-5 pb-5">
        <KeyTable title="Everywhere" rows={rows} />
        <KeyTable title="In a task" rows={inMessage} />
      </div>
    </Dialog>
  );
}

interface KeyTableProps {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

const KeyTable = ({ title, rows }: KeyTableProps) => (
  <>
    <h3 className="mt-3 mb-1 text-small font-medium text-faint">{title}</h3>
    <dl>
      {rows.map(([label, keys]) => (
        <div key={label} className="flex items-center justify-between border-b border-line py-1.5 last:border-b-0">
          <dt>{label}</dt>
          <dd>
            <Kbd keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  </>
);
