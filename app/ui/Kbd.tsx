import { classes } from './classes';

/** Keys of a shortcut. */
export const Kbd = ({ keys, className }: { readonly keys: string; readonly className?: string }) => (
  <kbd
    className={classes(
      'inline-flex h-[18px] items-center rounded-small border border-line px-1 font-sans text-micro font-medium text-faint',
      className,
    )}
  >
    {keys}
  </kbd>
);
