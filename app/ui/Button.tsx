import type { ComponentProps } from 'react';
import { classes } from './classes';

export type ButtonKind = 'solid' | 'outline' | 'ghost' | 'danger';

const kinds: Record<ButtonKind, string> = {
  solid: 'bg-ink text-on-solid hover:opacity-90 active:opacity-80',
  outline: 'border border-line-strong bg-raised hover:bg-hover active:bg-pressed',
  ghost: 'text-soft hover:bg-hover hover:text-ink active:bg-pressed',
  danger: 'border border-line-strong bg-raised text-danger hover:bg-danger-soft',
};

export interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: ButtonKind;
}

/** A button with a word on it. */
export function Button({ kind = 'outline', className, type = 'button', ...props }: ButtonProps) {
  return (
    <button
      type={type}
      className={classes(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-base px-3 text-base font-medium whitespace-nowrap transition-colors',
        'disabled:pointer-events-none disabled:opacity-45',
        kinds[kind],
        className,
      )}
      {...props}
    />
  );
}
