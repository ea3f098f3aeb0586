import type { VmPhase } from '../../../schema/vm-api';
import { useAppState } from '../state/app-context';
import { useNow } from '../../ui/clock';
import { StatusDot } from '../../ui/StatusDot';
import { phaseTime, runningPhase } from '../workspace/vm-words';

/** Shows activity while there is nothing else to see; with the time while the workspace starts. */
export function Working({ label }: { readonly label: string }) {
  const phase = useAppState((state) => runningPhase(state.host.snapshot?.vm));
  return (
    <p className="flex items-center gap-2.5 py-3 text-base text-faint">
      <StatusDot kind="busy" />
      {label}
      {phase && <Elapsed phase={phase} />}
    </p>
  );
}

function Elapsed({ phase }: { readonly phase: VmPhase }) {
  const now = useNow('tenths');
  return (
    <span aria-hidden className="text-small tabular-nums">
      {phaseTime(phase, now)}
    </span>
  );
}
