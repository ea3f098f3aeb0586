import { ArrowUp, Paperclip, Square } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import type { TaskSummary } from '../../../schema/task-summary';
import { useApp, useAppState } from '../state/app-context';
import { newPromptId } from './prompt-id';
import { classes } from '../../ui/classes';
import { IconButton } from '../../ui/IconButton';
import { uploadFiles } from '../artifacts/file-actions';
import { sendDraft, setDraft, stopTask } from './run-actions';
import { composerState } from './Composer.logic';
import { composerId } from '../../ui/composer-focus';

/** Where the person writes. Enter sends, Shift+Enter starts a new line, Escape stops. */
export function Composer({ task }: { readonly task: TaskSummary }) {
  const app = useApp();
  const { taskId } = task;
  const draft = useAppState((state) => state.ui.drafts[taskId] ?? '');
  const connection = useAppState((state) => state.ui.connection.kind);
  const sent = useAppState((state) => state.ui.sent[taskId]);
  const uploading = useAppState((state) => state.ui.uploading[taskId]);
  const picker = useRef<HTMLInputElement>(null);
  const { action, canSend, reason } = composerState({ task, connection, sent, draft });

  const send = (): void => {
    if (canSend) void sendDraft(app, taskId, newPromptId());
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // While a word is being composed (input method), Enter accepts it.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };

  return (
    <div className="px-6 pb-4">
      <div className="mx-auto max-w-[46rem] rounded-dialog border border-line-strong bg-raised shadow-float transition-colors focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/15">
        <textarea
          id={composerId}
          aria-label="Message"
          aria-describedby="composer-note"
          rows={1}
          value={draft}
          placeholder="What should the agent do?"
          onChange={(event) => setDraft(app, taskId, event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            if (files.length === 0) return;
            event.preventDefault();
            void uploadFiles(app, taskId, files);
          }}
          className="frame-focus block max-h-[40vh] min-h-[3.25rem] w-full resize-none overflow-y-auto bg-transparent px-4 pt-3.5 pb-1 text-read outline-none [field-sizing:content]"
        />
        <div className="flex items-center gap-2 px-2.5 pb-2.5">
          <IconButton icon={Paperclip} label="Add files" hintSide="top" onClick={() => picker.current?.click()} />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              void uploadFiles(app, taskId, [...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
          <p id="composer-note" className="line-clamp-2 min-w-0 flex-1 text-small text-faint">
            {uploading && uploading.length > 0 ? `Adding ${uploading.join(', ')}…` : reason}
          </p>
          {action === 'stop' ? (
            <RoundButton label="Stop" onClick={() => void stopTask(app, taskId)} isSolid>
              <Square aria-hidden size={12} fill="currentColor" strokeWidth={0} />
            </RoundButton>
          ) : (
            <RoundButton label="Send" onClick={send} isSolid={canSend} isDisabled={!canSend}>
              <ArrowUp aria-hidden size={17} strokeWidth={2.25} />
            </RoundButton>
          )}
        </div>
      </div>
    </div>
  );
}

interface RoundButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly isSolid: boolean;
  readonly isDisabled?: boolean;
  readonly children: React.ReactNode;
}

const RoundButton = ({ label, onClick, isSolid, isDisabled = false, children }: RoundButtonProps) => (
  <button
    type="button"
    aria-label={label}
    disabled={isDisabled}
    onClick={onClick}
    className={classes(
      'inline-flex size-8 items-center justify-center rounded-full transition-colors',
      isSolid ? 'bg-ink text-on-solid hover:opacity-85' : 'bg-hover text-faint',
    )}
  >
    {children}
  </button>
);
