import { ChevronDown, ShieldQuestionMark } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Approval, ApprovalAnswer } from '../../../schema/approvals';
import { useApp, useAppState } from '../state/app-context';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/clock';
import { Kbd } from '../../ui/Kbd';
import { Menu, MenuItem } from '../../ui/Menu';
import { visibleText } from '../../ui/visible-text';
import { focusComposer } from '../../ui/composer-focus';
import { answerApproval } from './approval-actions';
import { firstDeny } from './first-deny';
import { approvalWords, deniedInLabel, scopes, timeLeft } from './ApprovalCard.logic';

const deny: ApprovalAnswer = { allow: false };
/** By the digits 1 to 5 */
const answers: readonly ApprovalAnswer[] = [deny, ...scopes.map(({ scope }) => ({ allow: true as const, scope }))];

/** An act of the agent on the person's files, paused until they answer. */
export function ApprovalCard({ approval }: { readonly approval: Approval }) {
  const app = useApp();
  const titleId = useId();
  const frame = useRef<HTMLElement>(null);
  const [isAnswering, setIsAnswering] = useState(false);

  const give = (answer: ApprovalAnswer): void => {
    if (isAnswering) return;
    setIsAnswering(true);
    const hadFocus = frame.current?.contains(document.activeElement) ?? false;
    void answerApproval(app, approval.id, answer).then((isClosed) => {
      if (!isClosed) return setIsAnswering(false);
      // The card disappears; the focus must stay in the page.
      if (hadFocus) (document.querySelector<HTMLElement>(firstDeny) ?? { focus: focusComposer }).focus();
    });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      // Escape isn't an answer here, and must not stop the run either.
      event.preventDefault();
      return focusComposer();
    }
    const answer = /^[1-5]$/.test(event.key) ? answers[Number(event.key) - 1] : undefined;
    // Also from the menu, which is elsewhere in the page but belongs here.
    if (answer) give(answer);
  };

  return (
    <section
      ref={frame}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      className="overflow-hidden rounded-card border border-warn-solid/60 bg-raised shadow-float"
    >
      <TimeBar approval={approval} />
      <div className="px-4 pt-2.5 pb-3">
        <h2 id={titleId} className="text-base leading-snug font-medium [overflow-wrap:anywhere]">
          <Question approval={approval} />
        </h2>
        <Details approval={approval} />
        <div className="mt-2.5 flex flex-wrap items-center gap-2">
          <Button data-approval="deny" disabled={isAnswering} onClick={() => give(deny)}>
            Deny
            <Key digit="1" />
          </Button>
          <span className="inline-flex items-center">
            <Button
              kind="solid"
              className="rounded-r-none"
              disabled={isAnswering}
              onClick={() => give({ allow: true, scope: 'once' })}
            >
              Allow once
              <Key digit="2" isOnSolid />
            </Button>
            <Menu
              icon={ChevronDown}
              label="More ways to allow"
              isDisabled={isAnswering}
              className="h-8 rounded-l-none border-l border-on-solid/25 bg-ink text-on-solid hover:opacity-90 data-[state=open]:opacity-80"
            >
              {scopes.slice(1).map(({ scope, label }, index) => (
                <MenuItem key={scope} onSelect={() => give({ allow: true, scope })}>
                  <span className="flex-1 pr-4">{label}</span>
                  <Key digit={String(index + 3)} />
                </MenuItem>
              ))}
            </Menu>
          </span>
        </div>
      </div>
    </section>
  );
}

const Key = ({ digit, isOnSolid = false }: { readonly digit: string; readonly isOnSolid?: boolean }) => (
  <span aria-hidden className={isOnSolid ? '[&_kbd]:border-on-solid/35 [&_kbd]:text-on-solid' : ''}>
    <Kbd keys={digit} />
  </span>
);

const Name = ({ children }: { readonly children: ReactNode }) => (
  <bdi dir="ltr" className="font-mono text-[0.95em] font-semibold">
    {children}
  </bdi>
);

function Question({ approval }: { readonly approval: Approval }) {
  if (approval.sentence !== null) return <bdi>{visibleText(approval.sentence)}</bdi>;
  const { program, verb, thing, path, to, size, more } = approvalWords(approval);
  return (
    <>
      {program === null ? 'The agent' : <Name>{program}</Name>} wants to {verb} {thing}
      <Name>{path}</Name>
      {to !== null && (
        <>
          {' to '}
          <Name>{to}</Name>
        </>
      )}
      {size}
      {more}
    </>
  );
}

function Details({ approval }: { readonly approval: Approval }) {
  const folder = useAppState((state) => state.host.tasks[approval.taskId]?.workingFolder ?? '');
  const full = (path: string): string => visibleText(folder === '' ? path : `${folder}/${path}`);
  const rows = [
    ...(approval.kind === 'run' ? [] : [['Path', full(approval.path)] as const]),
    ...(approval.to === null ? [] : [['New path', full(approval.to)]]),
    ...(approval.program === null
      ? []
      : [[approval.sentence === null ? 'Program' : 'Command', visibleText(approval.program)]]),
  ] as const;
  return (
    <details className="mt-1 text-small text-soft">
      <summary className="w-fit rounded-small hover:text-ink">Details</summary>
      <dl className="mt-1 grid max-h-32 grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 overflow-y-auto">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-faint">{name}</dt>
            <dd dir="ltr" className="font-mono [overflow-wrap:anywhere]">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function TimeBar({ approval }: { readonly approval: Approval }) {
  const now = useNow('tenths');
  const { leftMs, share } = timeLeft(approval, now);
  return (
    <header className="relative flex items-center gap-2 bg-warn-soft px-4 py-1.5 text-small font-medium text-warn">
      <ShieldQuestionMark aria-hidden size={14} className="shrink-0" />
      <span className="flex-1">{approval.sentence === null ? 'Paused until you answer' : 'Waiting for your OK'}</span>
      <span className="font-normal tabular-nums">{deniedInLabel(leftMs)}</span>
      <span aria-hidden className="absolute inset-x-0 bottom-0 h-0.5 bg-warn-solid/25">
        <span className="block h-full origin-left bg-warn-solid" style={{ transform: `scaleX(${share.toFixed(3)})` }} />
      </span>
    </header>
  );
}
