import type { TakeBackConflict } from '../../../schema/file-changes';
import { useApp } from '../state/app-context';
import type { TakeBackForm } from '../../store/ui-state';
import { Segmented } from '../../ui/Segmented';
import { visibleText } from '../../ui/visible-text';
import { reasonWords } from './change-words';
import { plural } from '../../ui/format';
import { chooseConflict } from './take-back-actions';
import { canBeForced } from './TakeBack.logic';

const options = [
  { value: 'leave', label: 'Leave as it is' },
  { value: 'take-back', label: 'Undo anyway' },
] as const;

const listClass = 'mt-3 max-h-[40vh] divide-y divide-line overflow-y-auto rounded-card border border-line';

export interface ConflictChoicesProps {
  readonly conflicts: readonly TakeBackConflict[];
  readonly choices: TakeBackForm['choices'];
}

/** Files that conflict, each with its reason and a choice. */
export function ConflictChoices({ conflicts, choices }: ConflictChoicesProps) {
  const app = useApp();
  if (conflicts.length === 0) return null;
  const canChoose = conflicts.some(({ reason }) => canBeForced(reason));
  return (
    <>
      <p className="mt-3 font-medium">
        {plural(conflicts.length, 'file')} won't change.
        {canChoose && (
          <span className="font-normal text-soft">
            {' '}
            If you choose “Undo anyway”, Piwork keeps the current version, so you can redo it.
          </span>
        )}
      </p>
      <ul aria-label="Files that stay as they are" className={listClass}>
        {conflicts.map(({ changeId, path, reason }) => (
          <li key={changeId} className="px-3 py-2.5">
            <Place path={path} reason={reason} />
            {canBeForced(reason) && (
              <div className="mt-1.5">
                <Segmented
                  label={visibleText(path)}
                  value={choices[changeId] ?? 'leave'}
                  options={options}
                  onChange={(choice) => chooseConflict(app, changeId, choice)}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Files that stayed as they are, and why. */
export function LeftFiles({
  left,
  label = 'Left unchanged',
}: {
  readonly left: readonly TakeBackConflict[];
  readonly label?: string;
}) {
  if (left.length === 0) return null;
  return (
    <ul aria-label={label} className={listClass}>
      {left.map(({ changeId, path, reason }) => (
        <li key={changeId} className="px-3 py-2">
          <Place path={path} reason={reason} />
        </li>
      ))}
    </ul>
  );
}

const Place = ({ path, reason }: Pick<TakeBackConflict, 'path' | 'reason'>) => (
  <>
    <bdi dir="ltr" className="block font-mono text-small [overflow-wrap:anywhere]">
      {visibleText(path)}
    </bdi>
    <span className="block text-small text-soft">{reasonWords[reason]}</span>
  </>
);
