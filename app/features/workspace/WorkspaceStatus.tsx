import { Popover } from 'radix-ui';
import type { VmPhase, VmStatus } from '../../../schema/vm-api';
import { useApp, useAppState } from '../state/app-context';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/clock';
import { formatDuration } from '../../ui/format';
import { StatusDot } from '../../ui/StatusDot';
import { phaseLabel, phasePart, phaseTime, runningPhase, vmSummary } from './vm-words';
import { endWorkspace, startWorkspace } from './workspace-actions';

/** The workspace's state in the corner; its phases and times when opened. */
export function WorkspaceStatus() {
  const vm = useAppState((state) => state.host.snapshot?.vm);
  if (!vm) return <div className="flex-1" />;
  const { dot, label, note } = vmSummary(vm);
  const phase = runningPhase(vm);
  return (
    <Popover.Root>
      <div role="status" aria-label="Workspace status" className="min-w-0 flex-1">
        <Popover.Trigger className="flex min-h-7 w-full gap-2.5 rounded-base px-2.5 py-1.5 text-left text-small text-soft transition-colors hover:bg-hover data-[state=open]:bg-hover">
          <StatusDot kind={dot} className="mt-[5px]" />
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-center gap-x-2">
              {`${label} `}
              {note !== null && <span className="text-micro text-faint">{note}</span>}
            </span>
            {phase && <Elapsed phase={phase} />}
          </span>
        </Popover.Trigger>
      </div>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label="Workspace"
          className="enter-rise z-50 w-80 rounded-card border border-line bg-raised p-4 shadow-float"
        >
          <Details vm={vm} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Hidden from screen readers, which would read out a ticking number endlessly. */
function Elapsed({ phase }: { readonly phase: VmPhase }) {
  const now = useNow('tenths');
  const part = phasePart(phase, now);
  return (
    <span aria-hidden className="block">
      <span className="text-micro text-faint tabular-nums">{phaseTime(phase, now)}</span>
      {part !== null && (
        <span className="mt-1 mb-0.5 block h-0.5 overflow-hidden rounded-full bg-pressed">
          <span className="block h-full rounded-full bg-accent" style={{ width: `${part * 100}%` }} />
        </span>
      )}
    </span>
  );
}

function Details({ vm }: { readonly vm: VmStatus }) {
  const app = useApp();
  const phases = 'phases' in vm ? vm.phases : [];
  return (
    <>
      <p className="text-base font-medium">{vmSummary(vm).label}</p>
      <p className="mt-0.5 text-small text-soft">{explain(vm)}</p>
      {phases.length > 0 && (
        <ol aria-label="Phases" className="mt-3 space-y-1 border-t border-line pt-3">
          {phases.map((phase) => (
            <PhaseRow key={`${phase.name} ${phase.startedAt}`} phase={phase} />
          ))}
        </ol>
      )}
      {vm.kind === 'stopped' && (
        <Button className="mt-3" onClick={() => void startWorkspace(app)}>
          Start now
        </Button>
      )}
      {vm.kind === 'ready' && (
        <Button className="mt-3" onClick={() => void endWorkspace(app)}>
          Shut down
        </Button>
      )}
    </>
  );
}

function explain(vm: VmStatus): string {
  switch (vm.kind) {
    case 'stopped':
      return 'Not using any memory. It starts when a task needs it.';
    case 'failed':
      return vm.failure.message;
    case 'building_template':
      return 'This happens once on this computer. Later starts take about a second.';
    case 'resuming':
      return 'The virtual machine for your tasks is starting.';
    case 'ready':
      return vm.accelerator === 'tcg'
        ? `Ready after ${formatDuration(vm.startMs)}. This computer has no hardware virtualisation, so the workspace is emulated: everything works, but programs run slower.`
        : `Ready after ${formatDuration(vm.startMs)}, with hardware virtualisation (${vm.accelerator}).`;
    case 'stopping':
      return 'Shutting down and freeing its memory.';
  }
}

function PhaseRow({ phase }: { readonly phase: VmPhase }) {
  const now = useNow('tenths');
  const isRunning = phase.durationMs === undefined;
  return (
    <li className="flex items-baseline gap-2 text-small">
      <span className={isRunning ? 'min-w-0 flex-1 font-medium' : 'min-w-0 flex-1 text-soft'}>
        {phaseLabel(phase.name)}
      </span>
      <span className="shrink-0 text-faint tabular-nums">{phaseTime(phase, now)}</span>
    </li>
  );
}
