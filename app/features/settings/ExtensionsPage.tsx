import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Extension } from '../../../schema/extensions';
import { useApp, useAppState } from '../state/app-context';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Switch } from '../../ui/Switch';
import { visibleText } from '../../ui/visible-text';
import { listExtensions, reloadExtensions, setExtensionOn, type ExtensionList } from './extension-actions';

/** The person's behaviour files: which exist, which are on, and what is wrong with unusable ones. */
export function ExtensionsPage() {
  const app = useApp();
  const version = useAppState((state) => state.host.extensionsVersion);
  const [list, setList] = useState<ExtensionList | null>(null);
  // The host's folder, read again when the host reports a change.
  useEffect(() => {
    let isCurrent = true;
    void listExtensions(app).then((listed) => {
      if (isCurrent && listed) setList(listed);
    });
    return () => {
      isCurrent = false;
    };
  }, [app, version]);
  if (!list) return <p className="px-6 py-5 text-small text-soft">Loading…</p>;
  return (
    <section aria-labelledby="extensions" className="px-6 py-5">
      <div className="flex items-start justify-between gap-6">
        <div className="min-w-0">
          <h3 id="extensions" className="text-base font-medium">
            Behaviour files
          </h3>
          <p className="text-small text-soft">
            Rules for what the agent may do and what it reads, on top of Piwork's own guard, which is always on. Changes
            take effect with the next prompt in each task, and no conversation is lost.
          </p>
        </div>
        <Button className="shrink-0" onClick={() => void reloadExtensions(app)}>
          <RefreshCw aria-hidden size={14} />
          Reload
        </Button>
      </div>
      {list.extensions.length === 0 ? (
        <p className="mt-4 rounded-card border border-dashed border-line px-4 py-6 text-center text-small text-soft">
          No behaviour files yet. Put a file ending in <code>.edn</code> into the folder below, then reload.
        </p>
      ) : (
        <ul className="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line">
          {list.extensions.map((extension) => (
            <ExtensionItem key={extension.name} extension={extension} />
          ))}
        </ul>
      )}
      <p className="mt-3 flex items-center gap-2 text-small text-soft">
        <span className="min-w-0 font-mono [overflow-wrap:anywhere]">{visibleText(list.folder)}</span>
        <CopyButton text={list.folder} label="Copy path" />
      </p>
    </section>
  );
}

function ExtensionItem({ extension }: { readonly extension: Extension }) {
  const app = useApp();
  const { name, summary, isOn, problems } = extension;
  const label = visibleText(name);
  return (
    <li aria-label={label} className="flex items-start gap-3 px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <span className="block text-base font-medium [overflow-wrap:anywhere]">{label}</span>
        {summary !== null && <span className="block text-small text-faint">{visibleText(summary)}</span>}
        {problems.length > 0 && (
          <>
            <span className="block text-small text-danger">Won't run until this is fixed:</span>
            <ul className="mt-1 space-y-0.5 font-mono text-small text-soft">
              {problems.map((problem) => (
                <li key={problem} className="[overflow-wrap:anywhere]">
                  {visibleText(problem)}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <Switch label={`Run ${label}`} isOn={isOn} onChange={(on) => void setExtensionOn(app, name, on)} />
    </li>
  );
}
