import { MessageCircleQuestionMark } from 'lucide-react';
import { useId, useState } from 'react';
import type { OpenDialog } from '../../../schema/task-summary';
import type { DialogAnswer } from '../../../schema/dialogs';
import { useApp, useAppState } from '../state/app-context';
import { dialogKey } from '../../store/host-state';
import { useNow } from '../../ui/clock';
import { answerDialog } from './question-actions';
import { ConfirmQuestion, SelectQuestion, TextQuestion } from './question-forms';
import { timeLeftLabel, timeLeftMs } from './QuestionCard.logic';

export interface QuestionCardProps {
  readonly taskId: string;
  readonly dialog: OpenDialog;
}

/** A question of the agent, with the controls that answer it. */
export function QuestionCard({ taskId, dialog }: QuestionCardProps) {
  const app = useApp();
  const titleId = useId();
  const [isAnswering, setIsAnswering] = useState(false);

  const answer = (given: DialogAnswer): void => {
    setIsAnswering(true);
    void answerDialog(app, taskId, { dialogId: dialog.id, answer: given }).then((wasTaken) => {
      if (!wasTaken) setIsAnswering(false);
    });
  };
  const props = { isDisabled: isAnswering, onAnswer: answer, titleId };

  return (
    <section
      aria-labelledby={titleId}
      className="my-3 overflow-hidden rounded-card border border-warn-solid/50 bg-raised shadow-card"
    >
      <header className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-2 text-small font-medium text-warn">
        <MessageCircleQuestionMark aria-hidden size={14} />
        <span className="flex-1">The agent asks</span>
        {dialog.timeoutMs !== undefined && <TimeLeft taskId={taskId} dialog={dialog} />}
      </header>
      <div className="px-4 py-3.5">
        <h2 id={titleId} className="text-read font-semibold break-words">
          {dialog.title}
        </h2>
        {dialog.method === 'confirm' && <ConfirmQuestion message={dialog.message} {...props} />}
        {dialog.method === 'select' && <SelectQuestion options={dialog.options} {...props} />}
        {dialog.method === 'input' && <TextQuestion placeholder={dialog.placeholder ?? ''} isLong={false} {...props} />}
        {dialog.method === 'editor' && <TextQuestion prefill={dialog.prefill ?? ''} isLong {...props} />}
      </div>
    </section>
  );
}

function TimeLeft({ taskId, dialog }: QuestionCardProps) {
  const now = useNow('tenths');
  const seenAt = useAppState((state) => state.host.dialogSeenAt[dialogKey(taskId, dialog.id)] ?? now);
  const leftMs = timeLeftMs(dialog, seenAt, now);
  return leftMs === null ? null : <span className="tabular-nums">{timeLeftLabel(leftMs)}</span>;
}
