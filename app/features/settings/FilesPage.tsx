import { useApp, useAppState } from '../state/app-context';
import { Switch } from '../../ui/Switch';
import { GrantList } from './GrantList';
import { NumberSetting } from './NumberSetting';
import { SettingRow } from './SettingRow';
import { updateSettings } from './settings-actions';

/** When Piwork asks, which files it keeps copies of, and what is allowed without a question. */
export function FilesPage() {
  const app = useApp();
  const settings = useAppState((state) => state.host.snapshot?.settings);
  if (!settings) return null;
  return (
    <div className="divide-y divide-line px-6">
      <SettingRow
        title="Ask before changing file contents"
        text="Piwork always asks before the agent deletes, moves or renames your files. You can undo other changes."
      >
        <Switch
          label="Ask before changing file contents"
          isOn={settings.asksBeforeChange}
          onChange={(asksBeforeChange) => void updateSettings(app, { asksBeforeChange })}
        />
      </SettingRow>
      <SettingRow
        title="Time to answer"
        text="If you don't answer in time, the request is denied. From 5 to 3,600 seconds."
      >
        <NumberSetting
          label="Time to answer"
          unit="seconds"
          value={settings.approvalTimeoutSeconds}
          min={5}
          max={3600}
          onSave={(approvalTimeoutSeconds) => void updateSettings(app, { approvalTimeoutSeconds })}
        />
      </SettingRow>
      <SettingRow
        title="Keep copies of files up to"
        text="Piwork keeps no copy of larger files, so changes to them can't be undone. It warns you when that happens."
      >
        <NumberSetting
          label="Keep copies of files up to"
          unit="MB"
          value={settings.keepUpToMb}
          min={1}
          max={1_048_576}
          onSave={(keepUpToMb) => void updateSettings(app, { keepUpToMb })}
        />
      </SettingRow>
      <SettingRow
        title="Disk space per task"
        text="How much an agent can add to your disk. After that, Piwork stops it from writing and warns you."
      >
        <NumberSetting
          label="Disk space per task"
          unit="GB"
          value={settings.growUpToGb}
          min={1}
          max={65_536}
          onSave={(growUpToGb) => void updateSettings(app, { growUpToGb })}
        />
      </SettingRow>
      <GrantList />
    </div>
  );
}
