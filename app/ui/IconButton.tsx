import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from './classes';
import { Tooltip } from './Tooltip';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: LucideIcon;
  /** The accessible name, also shown as a hint */
  readonly label: string;
  /** Shown instead of the name, for instance to say why the button does nothing now */
  readonly hint?: string;
  readonly keys?: string;
  readonly hintSide?: 'top' | 'right' | 'bottom' | 'left';
}

/** A square button with an icon, a name and a hint. */
export function IconButton({ icon: Icon, label, hint, keys, hintSide, className, ...props }: IconButtonProps) {
  return (
    <Tooltip text={hint ?? label} keys={keys} {...(hintSide ? { side: hintSide } : {})}>
      <button
        type="button"
        aria-label={label}
        className={classes(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-base text-soft transition-colors hover:bg-hover hover:text-ink active:bg-pressed disabled:pointer-events-none disabled:opacity-45 aria-pressed:bg-pressed aria-pressed:text-ink',
          className,
        )}
        {...props}
      >
        <Icon aria-hidden size={16} strokeWidth={1.75} />
      </button>
    </Tooltip>
  );
}
