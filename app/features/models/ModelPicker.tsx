import { Command } from 'cmdk';
import { Check, ChevronsUpDown, KeyRound } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useMemo, useState } from 'react';
import { useApp, useAppState } from '../state/app-context';
import { openDialog } from '../../store/app-store';
import { classes } from '../../ui/classes';
import { groupModels, modelName } from './ModelPicker.logic';

export interface ModelPickerProps {
  readonly value: string;
  readonly onChange: (model: string) => void;
  /** The accessible name, if it isn't simply the model */
  readonly label?: string;
  readonly isDisabled?: boolean;
  /** Without a frame, for a header */
  readonly isQuiet?: boolean;
}

const nothing: readonly never[] = [];

/** Chooses one of the models that can be used now. */
export function ModelPicker({
  value,
  onChange,
  label = 'Model',
  isDisabled = false,
  isQuiet = false,
}: ModelPickerProps) {
  const app = useApp();
  const models = useAppState((state) => state.host.snapshot?.models) ?? nothing;
  const providers = useAppState((state) => state.host.snapshot?.providers) ?? nothing;
  const groups = useMemo(() => groupModels(models, providers), [models, providers]);
  const [isOpen, setIsOpen] = useState(false);
  const choose = (model: string): void => {
    setIsOpen(false);
    if (model !== value) onChange(model);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen}
        disabled={isDisabled}
        className={classes(
          'flex h-8 min-w-0 items-center gap-1.5 rounded-base text-base transition-colors disabled:opacity-50',
          isQuiet
            ? 'max-w-52 px-2 text-soft hover:bg-hover hover:text-ink'
            : 'w-full border border-line-strong bg-raised px-2.5 hover:bg-hover',
        )}
      >
        <span className="min-w-0 flex-1 truncate text-left">{modelName(value, models)}</span>
        <ChevronsUpDown aria-hidden size={13} className="shrink-0 text-faint" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Models"
          align={isQuiet ? 'end' : 'start'}
          sideOffset={6}
          collisionPadding={12}
          className="enter-rise z-50 w-80 max-w-[calc(100vw-24px)] overflow-hidden rounded-card border border-line bg-raised shadow-float"
        >
          <Command label="Search models" loop>
            <Command.Input
              placeholder="Search models…"
              className="frame-focus h-10 w-full border-b border-line bg-transparent px-3.5 text-base outline-none"
            />
            <Command.List className="max-h-72 overflow-y-auto p-1">
              <Command.Empty className="px-3 py-4 text-center text-base text-faint">No models found.</Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group.label}
                  heading={group.label}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-faint"
                >
                  {group.models.map((model) => (
                    <Command.Item
                      key={model.ref}
                      value={`${model.name} ${model.ref}`}
                      onSelect={() => choose(model.ref)}
                      className="flex h-8 items-center gap-2 rounded-base px-2.5 text-base data-[selected=true]:bg-hover"
                    >
                      <span className="min-w-0 flex-1 truncate">{model.name}</span>
                      {model.ref === value && <Check aria-hidden size={14} className="text-accent" />}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
          <button
            type="button"
            onClick={() => {
              setIsOpen(false);
              openDialog(app.store, 'settings', { settingsPage: 'models' });
            }}
            className="flex h-9 w-full items-center gap-2 border-t border-line px-3.5 text-base text-soft -outline-offset-2 hover:bg-hover hover:text-ink"
          >
            <KeyRound aria-hidden size={14} />
            Add a provider or key
          </button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
