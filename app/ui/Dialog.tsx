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
  readonly size?: 'small' | 'medium' | 'large';
  /** Receives the focus when the element that had it before is gone */
  readonly onFocusLost?: () => void;
  readonly children: ReactNode;
}

const sizes = {
  small: 'top-[14vh] max-h-[76vh] max-w-md',
  medium: 'top-[10vh] max-h-[82vh] max-w-lg',
  large: 'top-[7vh] h-[86vh] max-h-[46rem] max-w-3xl',
};

/** A modal dialog; Escape and a click outside close it, and the focus returns to where it was. */
export function Dialog({ title, description, isOpen, onClose, size = 'medium', onFocusLost, children }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          onCloseAutoFocus={() => {
            // Right after this, the focus returns if it can.
            queueMicrotask(() => document.activeElement === document.body && onFocusLost?.());
          }}
          className={classes(
            'enter-rise fixed inset-x-4 z-40 mx-auto flex flex-col overflow-hidden rounded-dialog border border-line bg-raised shadow-dialog outline-none',
            sizes[size],
          )}
        >
          <header className="px-5 pt-4 pr-14 pb-2.5">
            <Radix.Title className="text-title font-semibold tracking-tight">{title}</Radix.Title>
            {description !== undefined && (
              <Radix.Description className="mt-0.5 text-base text-soft">{description}</Radix.Description>
            )}
          </header>
          {children}
          {/* Last, so that the focus starts on the dialog's content. */}
          <IconButton icon={X} label="Close" onClick={onClose} className="absolute top-3 right-3" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
