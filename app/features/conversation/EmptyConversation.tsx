import { ChartColumn, FolderTree, ScrollText, type LucideIcon } from 'lucide-react';
import { useApp } from '../state/app-context';
import { setDraft } from './run-actions';
import { focusComposer } from '../../ui/composer-focus';

const suggestions: readonly { readonly icon: LucideIcon; readonly title: string; readonly text: string }[] = [
  {
    icon: ScrollText,
    title: 'Summarise this folder',
    text: 'Counts, sizes, the newest files and what they are about',
  },
  { icon: FolderTree, title: 'Organise by type', text: 'Sort files into folders by type' },
  { icon: ChartColumn, title: 'Make a CSV report', text: 'One row for each file, ready for a spreadsheet' },
];

/** A conversation before its first message. */
export function EmptyConversation({ taskId }: { readonly taskId: string }) {
  const app = useApp();
  const choose = (text: string): void => {
    setDraft(app, taskId, text);
    focusComposer();
  };
  return (
    <div
      role="log"
      aria-label="Conversation"
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col overflow-y-auto px-6 -outline-offset-2"
    >
      <div className="m-auto w-full max-w-[34rem] py-8">
        <h2 className="text-display font-semibold tracking-tight">What should the agent do here?</h2>
        <p className="mt-1.5 text-read text-soft">
          Say it in your own words. The agent sees this folder and nothing else on your computer.
        </p>
        <ul className="mt-7 overflow-hidden rounded-card border border-line bg-raised shadow-card">
          {suggestions.map(({ icon: Icon, title, text }) => (
            <li key={title} className="border-b border-line last:border-b-0">
              <button
                type="button"
                onClick={() => choose(title)}
                className="group flex w-full items-center gap-3.5 px-4 py-3 text-left transition-colors -outline-offset-2 hover:bg-hover"
              >
                <Icon aria-hidden size={18} strokeWidth={1.6} className="shrink-0 text-accent" />
                <span className="min-w-0 flex-1">
                  <span className="block text-base font-medium">{title}</span>
                  <span className="block text-small text-soft">{text}</span>
                </span>
                <span
                  aria-hidden
                  className="text-small text-faint opacity-0 transition-opacity group-hover:opacity-100"
                >
                  Use
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
