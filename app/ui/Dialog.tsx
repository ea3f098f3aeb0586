import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes';
import { IconButton } from './IconButton';

export interface DialogProps {
  readonly title: string;
  readonly description?: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly className?: string;
  readonly children: ReactNode;
  /** Keeps the title for screen readers only */
  readonly isTitleHidden?: boolean;
}

/** A modal dialog; Escape and a click outside close it, and the focus returns to where it was. */
export function Dialog({
  title,
  description,
  isOpen,
  onClose,
  className,
  children,
  isTitleHidden = false,
}: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={classes(
            'enter-rise fixed inset-x-4 top-[12vh] z-40 mx-auto flex max-h-[80vh] max-w-lg flex-col overflow-hidden rounded-dialog border border-line bg-raised shadow-dialog outline-none',
            className,
          )}
        >
          <header className={isTitleHidden ? 'sr-only' : 'flex items-start gap-4 px-5 pt-4 pb-2'}>
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-title font-semibold tracking-tight">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-0.5 text-base text-soft">{description}</Radix.Description>
              )}
            </div>
            {!isTitleHidden && <IconButton icon={X} label="Close" onClick={onClose} className="-mr-2" />}
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
