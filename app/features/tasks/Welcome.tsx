import { FolderLock, KeyRound, PackageCheck, PanelLeft } from 'lucide-react';
import { useApp, useAppState } from '../state/app-context';
import { updateUi } from '../../store/app-store';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { Mark } from '../../ui/Mark';
import { openNewTask } from './new-task-actions';

const promises = [
  {
    icon: FolderLock,
    title: 'One folder, nothing else',
    text: 'The agent works in a virtual machine that sees only the folder you choose.',
  },
  {
    icon: KeyRound,
    title: 'Your keys stay outside',
    text: 'Piwork calls models from this computer. Keys never enter the virtual machine.',
  },
  {
    icon: PackageCheck,
    title: 'You get files back',
    text: 'Reports, tables and drafts appear as outputs you can open right here.',
  },
];

/** The page before a task is chosen: an introduction on the first visit, later only the next step. */
export function Welcome() {
  const app = useApp();
  const hasTasks = useAppState((state) => Object.keys(state.host.tasks).length > 0);
  return (
    <main className="relative flex min-h-0 flex-1 overflow-y-auto px-6">
      <IconButton
        icon={PanelLeft}
        label="Show tasks"
        className="absolute top-3 left-3 narrow:hidden"
        onClick={() => updateUi(app.store, { isSidebarOpen: true })}
      />
      <div className="m-auto w-full max-w-[30rem] py-10">
        <Mark size={40} />
        <h1 className="mt-5 text-display font-semibold tracking-tight">
          {hasTasks ? 'Choose a task or start a new one' : 'Give the agent a folder and a task'}
        </h1>
        <p className="mt-2 text-read text-soft">
          {hasTasks
            ? 'Each task has its own folder and conversation.'
            : 'Sort, summarise, convert, draft, analyse: say what you need and watch it happen.'}
        </p>
        {!hasTasks && (
          <ul className="mt-8 space-y-5">
            {promises.map(({ icon: Icon, title, text }) => (
              <li key={title} className="flex gap-3.5">
                <Icon aria-hidden size={20} strokeWidth={1.6} className="mt-0.5 shrink-0 text-accent" />
                <div>
                  <p className="text-base font-medium">{title}</p>
                  <p className="text-base text-soft">{text}</p>
                </div>
              </li>
            ))}
          </ul>
        )}
        <Button kind="solid" className="mt-8 h-9 px-4" onClick={() => openNewTask(app)}>
          {hasTasks ? 'Start a task' : 'Start your first task'}
        </Button>
        {!hasTasks && (
          <p className="mt-3 text-small text-faint">
            The built-in tour model needs no key and no network, so you can try everything now.
          </p>
        )}
      </div>
    </main>
  );
}
