export const SettingsDialog = () => null;
