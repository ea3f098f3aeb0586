import { useApp, useAppState } from '../state/app-context';
import { Switch } from '../../ui/Switch';
import { GrantList } from './GrantList';
import { NumberSetting } from './NumberSetting';
import { SettingRow } from './SettingRow';
import { updateSettings } from './settings-actions';

/** What the agent is asked about, what is kept of the person's files, and what it may do without a question. */
export function FilesPage() {
  const app = useApp();
  const settings = useAppState((state) => state.host.snapshot?.settings);
  if (!settings) return null;
  return (
    <div className="divide-y divide-line px-6">
      <SettingRow
        title="Ask before contents are changed"
        text="Deleting, moving and renaming your files is always asked. Other changes can be taken back."
      >
        <Switch
          label="Ask before contents are changed"
          isOn={settings.asksBeforeChange}
          onChange={(asksBeforeChange) => void updateSettings(app, { asksBeforeChange })}
        />
      </SettingRow>
      <SettingRow
        title="Time to answer"
        text="Without an answer by then, it counts as denied. From 5 to 3,600 seconds."
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
        title="Keep files up to"
        text="A larger file is not kept before the agent changes it, so that change cannot be taken back. You are told."
      >
        <NumberSetting
          label="Keep files up to"
          unit="MB"
          value={settings.keepUpToMb}
          min={1}
          max={1_048_576}
          onSave={(keepUpToMb) => void updateSettings(app, { keepUpToMb })}
        />
      </SettingRow>
      <SettingRow
        title="Disk space of a task"
        text="What an agent may add to your disk before its writing is refused. You are told."
      >
        <NumberSetting
          label="Disk space of a task"
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
