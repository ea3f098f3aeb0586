/** What the host's events change in the page's own state. */
import type { AppEvent, HostState } from './host-state';
import type { UiState } from './ui-state';

const omit = <T>(record: Readonly<Record<string, T>>, gone: (key: string) => boolean): Readonly<Record<string, T>> => {
  const kept = Object.entries(record).filter(([key]) => !gone(key));
  return kept.length === Object.keys(record).length ? record : Object.fromEntries(kept);
};

/** Whether a sent prompt is in its conversation, or its run has ended. */
function hasArrived(host: HostState, taskId: string, promptId: string): boolean {
  const items = host.conversations[taskId]?.items ?? [];
  return (
    host.runEnds[taskId]?.promptId === promptId ||
    items.findLast((item) => item.kind === 'user' && item.promptId === promptId) !== undefined
  );
}

/** More would not be read; the newest matter most. */
const maxWarnings = 20;

function withWarnings(before: UiState['warnings'], events: readonly AppEvent[]): UiState['warnings'] {
  return events.reduce((warnings, event) => {
    if (event.event !== 'turn.warning') return warnings;
    const { taskId, message } = event.payload;
    const others = (warnings[taskId] ?? []).filter((other) => other !== message);
    return { ...warnings, [taskId]: [...others, message].slice(-maxWarnings) };
  }, before);
}

/** The page's state after events that `host` already includes. */
export function applyEventsToUi(ui: UiState, host: HostState, events: readonly AppEvent[]): UiState {
  const settled = events.flatMap((event) => (event.event === 'task.settled' ? [event.payload.taskId] : []));
  const unseen = settled.filter((taskId) => taskId !== ui.selectedTaskId && host.tasks[taskId]);
  const isGone = (taskId: string): boolean => !host.tasks[taskId];
  const selectedIsGone = ui.selectedTaskId !== null && isGone(ui.selectedTaskId);
  return {
    ...ui,
    selectedTaskId: selectedIsGone ? null : ui.selectedTaskId,
    takeBack: ui.takeBack && isGone(ui.takeBack.taskId) ? null : ui.takeBack,
    warnings: omit(withWarnings(ui.warnings, events), isGone),
    sent: omit(ui.sent, (taskId) => isGone(taskId) || hasArrived(host, taskId, ui.sent[taskId]?.promptId ?? '')),
    unread: unseen.reduce((unread, taskId) => ({ ...unread, [taskId]: true as const }), omit(ui.unread, isGone)),
  };
}
