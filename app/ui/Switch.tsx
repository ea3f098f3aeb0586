import { Switch as Radix } from 'radix-ui';

export interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** On or off. */
export const Switch = ({ label, isOn, onChange }: SwitchProps) => (
  <Radix.Root
    aria-label={label}
    checked={isOn}
    onCheckedChange={onChange}
    className="inline-flex h-5 w-9 items-center rounded-full border border-line-strong bg-pressed px-0.5 transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
  >
    <Radix.Thumb className="block size-3.5 rounded-full bg-ink transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-raised" />
  </Radix.Root>
);
