import { useApp, useAppState } from '../state/app-context';
import { Segmented } from '../../ui/Segmented';
import { ModelPicker } from '../models/ModelPicker';
import { setTheme, updateSettings } from './settings-actions';
import { SettingRow } from './SettingRow';

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const systemNames: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** Theme and default model. */
export function GeneralPage() {
  const app = useApp();
  const settings = useAppState((state) => state.host.snapshot?.settings);
  const info = useAppState((state) => state.host.snapshot?.app);
  if (!settings || !info) return null;
  return (
    <div className="divide-y divide-line px-6">
      <SettingRow title="Theme" text="“System” matches your computer.">
        <Segmented
          label="Theme"
          value={settings.theme}
          options={themes}
          onChange={(theme) => void setTheme(app, theme)}
        />
      </SettingRow>
      <SettingRow title="Default model" text="Used for new tasks. You can change it in each task.">
        <ModelPicker
          label="Default model"
          value={settings.defaultModel}
          onChange={(defaultModel) => void updateSettings(app, { defaultModel })}
        />
      </SettingRow>
      <SettingRow title="About" text={`Piwork ${info.version} on ${systemNames[info.platform] ?? info.platform}.`}>
        <dl className="text-right text-small text-soft max-narrow:text-left">
          <dt className="text-faint">Tasks and settings are stored in</dt>
          <dd className="font-mono break-all">{info.stateFolder}</dd>
        </dl>
      </SettingRow>
    </div>
  );
}
