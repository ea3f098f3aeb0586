import { useState } from 'react';
import { Field } from '../../ui/Field';
import { readNumber, type Bounds } from './NumberSetting.logic';

export interface NumberSettingProps extends Bounds {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly onSave: (value: number) => void;
}

/** A number that is saved when the field is left or Enter is pressed. */
export function NumberSetting({ label, unit, value, min, max, onSave }: NumberSettingProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const { value: read, problem } = readNumber(typed ?? String(value), { min, max });
  const save = (): void => {
    if (read === null) return;
    if (read !== value) onSave(read);
    setTyped(null);
  };
  return (
    <Field
      label={label}
      inputMode="numeric"
      value={typed ?? String(value)}
      problem={problem}
      trailing={<span className="self-center text-base text-soft">{unit}</span>}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
      className="w-44 [&>label]:sr-only"
    />
  );
}
