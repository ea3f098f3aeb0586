import { useId, type ComponentProps, type ReactNode } from 'react';
import { classes } from './classes';

export const inputClass =
  'w-full rounded-base border border-line-strong bg-raised px-2.5 h-8 text-base text-ink outline-none transition-colors focus-visible:border-accent focus-visible:ring-3 focus-visible:ring-accent/20 aria-invalid:border-danger-solid disabled:opacity-60';

export interface FieldProps extends ComponentProps<'input'> {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value and what to do */
  readonly problem?: string | null | undefined;
  /** At the end of the input's row */
  readonly trailing?: ReactNode;
}

/** A labelled line of text with a hint or a problem below it. */
export function Field({ label, hint, problem, trailing, className, ...props }: FieldProps) {
  const id = useId();
  const hasNote = Boolean(problem) || hint !== undefined;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-base font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          className={inputClass}
          aria-invalid={problem ? true : undefined}
          aria-describedby={hasNote ? `${id}-note` : undefined}
          autoComplete="off"
          spellCheck={false}
          {...props}
        />
        {trailing}
      </div>
      {hasNote && (
        <p id={`${id}-note`} className={classes('mt-1 text-small', problem ? 'text-danger' : 'text-soft')}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}
