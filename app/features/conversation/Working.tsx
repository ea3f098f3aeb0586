import { StatusDot } from '../../ui/StatusDot';

/** A sign of life while there is nothing else to see. */
export const Working = ({ label }: { readonly label: string }) => (
  <p className="flex items-center gap-2.5 py-3 text-base text-faint">
    <StatusDot kind="busy" />
    {label}
  </p>
);
