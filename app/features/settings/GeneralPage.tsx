import { useState } from 'react';
import type { Settings } from '../../../schema/app-api';
import { useApp, useAppState } from '../../app-context';
import { describeError } from '../../attempt';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Segmented } from '../../ui/Segmented';
import { ModelPicker } from '../models/ModelPicker';
import { expandHome } from '../tasks/FolderField.logic';
import { setTheme, updateSettings } from './settings-actions';
import { SettingRow } from './SettingRow';

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Theme, default model, and where folders may lie. */
export function GeneralPage() {
  const app = useApp();
  const settings = useAppState((state) => state.host.snapshot?.settings);
  const info = useAppState((state) => state.host.snapshot?.app);
  if (!settings || !info) return null;
  return (
    <div className="divide-y divide-line px-6">
      <SettingRow title="Theme" text="System follows your computer.">
        <Segmented
          label="Theme"
          value={settings.theme}
          options={themes}
          onChange={(theme) => void setTheme(app, theme)}
        />
      </SettingRow>
      <SettingRow title="Default model" text="For new tasks; each task can have another.">
        <ModelPicker
          label="Default model"
          value={settings.defaultModel}
          onChange={(defaultModel) => void updateSettings(app, { defaultModel })}
        />
      </SettingRow>
      <WorkspaceRoot key={settings.workspaceRoot} settings={settings} home={info.home} />
      <SettingRow title="About" text={`Piwork ${info.version} on ${info.platform}.`}>
        <dl className="text-right text-small text-soft">
          <dt className="text-faint">Tasks and settings are kept in</dt>
          <dd className="font-mono break-all">{info.stateFolder}</dd>
        </dl>
      </SettingRow>
    </div>
  );
}

function WorkspaceRoot({ settings, home }: { readonly settings: Settings; readonly home: string }) {
  const app = useApp();
  const [typed, setTyped] = useState(settings.workspaceRoot);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    try {
      setProblem(null);
      await app.client['settings.update']({ workspaceRoot: expandHome(typed.trim(), home) });
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <form
      className="py-5"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="Workspace root"
        hint="Folders of tasks must lie below it. The virtual machine can be shown nothing outside of it."
        problem={problem}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        trailing={
          <Button type="submit" disabled={typed.trim() === '' || typed === settings.workspaceRoot}>
            Save
          </Button>
        }
      />
    </form>
  );
}
