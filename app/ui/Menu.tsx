import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes';

export interface MenuProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly className?: string;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

/** A menu behind an icon. */
export function Menu({ icon: Icon, label, className, isDisabled = false, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={label}
        disabled={isDisabled}
        className={classes(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-base transition-colors disabled:pointer-events-none disabled:opacity-45',
          className ?? 'text-soft hover:bg-hover hover:text-ink data-[state=open]:bg-pressed',
        )}
      >
        <Icon aria-hidden size={16} strokeWidth={1.75} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="enter-rise z-50 min-w-48 rounded-card border border-line bg-raised p-1 shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface MenuItemProps {
  readonly icon?: LucideIcon;
  readonly onSelect: () => void;
  readonly isDangerous?: boolean;
  readonly children: ReactNode;
}

export const MenuItem = ({ icon: Icon, onSelect, isDangerous = false, children }: MenuItemProps) => (
  <DropdownMenu.Item
    onSelect={onSelect}
    className={classes(
      'flex h-8 items-center gap-2.5 rounded-base px-2.5 text-base outline-none data-[highlighted]:bg-hover',
      isDangerous && 'text-danger',
    )}
  >
    {Icon && <Icon aria-hidden size={15} strokeWidth={1.75} className={isDangerous ? '' : 'text-faint'} />}
    {children}
  </DropdownMenu.Item>
);

export interface MenuCheckProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

/** An item that is on or off. */
export const MenuCheck = ({ isOn, onChange, children }: MenuCheckProps) => (
  <DropdownMenu.CheckboxItem
    checked={isOn}
    onCheckedChange={onChange}
    className="flex h-8 items-center gap-2.5 rounded-base px-2.5 text-base outline-none data-[highlighted]:bg-hover"
  >
    <Check aria-hidden size={15} strokeWidth={1.75} className={isOn ? 'text-accent' : 'invisible'} />
    {children}
  </DropdownMenu.CheckboxItem>
);
