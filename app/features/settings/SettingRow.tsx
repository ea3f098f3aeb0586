import type { ReactNode } from 'react';

export interface SettingRowProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

/** One setting: its name and meaning to the left, its control to the right. */
export const SettingRow = ({ title, text, children }: SettingRowProps) => (
  <div className="flex items-center justify-between gap-6 py-5 max-narrow:flex-col max-narrow:items-start max-narrow:gap-3">
    <div className="min-w-0">
      <h3 className="text-base font-medium">{title}</h3>
      <p className="text-small text-soft">{text}</p>
    </div>
    <div className="max-w-72 shrink-0 max-narrow:shrink">{children}</div>
  </div>
);
