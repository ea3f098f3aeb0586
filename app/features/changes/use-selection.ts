import { useCallback, useState } from 'react';
import type { FileChange } from '../../../schema/file-changes';

export interface Selection {
  /** Ids of changes, some of which may be gone by now */
  readonly selected: ReadonlySet<string>;
  readonly select: (change: FileChange, isSelected: boolean) => void;
  readonly clear: () => void;
}

/** The changes of a list that the person selected. The functions stay the same, so that rows needn't be drawn again. */
export function useSelection(): Selection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const select = useCallback(
    ({ id }: FileChange, isSelected: boolean): void =>
      setSelected((before) => new Set(isSelected ? [...before, id] : [...before].filter((other) => other !== id))),
    [],
  );
  const clear = useCallback(() => setSelected(new Set()), []);
  return { selected, select, clear };
}
