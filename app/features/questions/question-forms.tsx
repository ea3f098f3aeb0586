import { useState, type KeyboardEvent } from 'react';
import type { DialogAnswer } from '../../../schema/dialogs';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { inputClass } from '../../ui/Field';
import { Kbd } from '../../ui/Kbd';

interface QuestionProps {
  readonly isDisabled: boolean;
  readonly onAnswer: (answer: DialogAnswer) => void;
  /** Id of the element with the question's words */
  readonly titleId: string;
}

/** Yes or no. */
export function ConfirmQuestion({ message, isDisabled, onAnswer }: QuestionProps & { readonly message: string }) {
  return (
    <>
      {message !== '' && <p className="mt-1 text-base break-words whitespace-pre-wrap text-soft">{message}</p>}
      <div className="mt-3.5 flex gap-2">
        <Button kind="solid" disabled={isDisabled} onClick={() => onAnswer({ confirmed: true })}>
          Yes
        </Button>
        <Button disabled={isDisabled} onClick={() => onAnswer({ confirmed: false })}>
          No
        </Button>
      </div>
    </>
  );
}

/** One of several. Digits choose; so do the arrow keys with Enter. */
export function SelectQuestion({
  options,
  isDisabled,
  onAnswer,
  titleId,
}: QuestionProps & { readonly options: readonly string[] }) {
  const choose = (event: KeyboardEvent<HTMLDivElement>): void => {
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
      return;
    }
    const option = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined;
    if (option !== undefined && !isDisabled) onAnswer({ value: option });
  };
  return (
    <>
      <div role="group" aria-labelledby={titleId} onKeyDown={choose} className="mt-3 space-y-1.5">
        {options.map((option, index) => (
          <button
            key={option}
            type="button"
            disabled={isDisabled}
            onClick={() => onAnswer({ value: option })}
            className="flex w-full items-center gap-3 rounded-base border border-line px-3 py-2 text-left text-base transition-colors hover:border-line-strong hover:bg-hover disabled:opacity-50"
          >
            <span className="min-w-0 flex-1 break-words">{option}</span>
            {index < 9 && (
              <span aria-hidden>
                <Kbd keys={String(index + 1)} />
              </span>
            )}
          </button>
        ))}
      </div>
      <Button kind="ghost" className="mt-2 -ml-3" disabled={isDisabled} onClick={() => onAnswer({ cancelled: true })}>
        Skip
      </Button>
    </>
  );
}

interface TextQuestionProps extends QuestionProps {
  readonly isLong: boolean;
  readonly prefill?: string;
  readonly placeholder?: string;
}

/** One or several lines of text. Ctrl or Command with Enter answers; in a single line, Enter alone does. */
export function TextQuestion({ isLong, prefill = '', placeholder, isDisabled, onAnswer, titleId }: TextQuestionProps) {
  const [text, setText] = useState(prefill);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    if (isLong && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (!isDisabled) onAnswer({ value: text });
  };
  const shared = {
    value: text,
    placeholder,
    disabled: isDisabled,
    onKeyDown,
    'aria-labelledby': titleId,
  };
  return (
    <div className="mt-3">
      {isLong ? (
        <textarea
          {...shared}
          rows={6}
          onChange={(event) => setText(event.target.value)}
          className={classes(inputClass, 'h-auto min-h-32 resize-y py-2 font-mono text-small leading-relaxed')}
        />
      ) : (
        <input {...shared} onChange={(event) => setText(event.target.value)} className={inputClass} />
      )}
      <div className="mt-3 flex items-center gap-2">
        <Button kind="solid" disabled={isDisabled} onClick={() => onAnswer({ value: text })}>
          Answer
        </Button>
        <Button kind="ghost" disabled={isDisabled} onClick={() => onAnswer({ cancelled: true })}>
          Skip
        </Button>
      </div>
    </div>
  );
}
