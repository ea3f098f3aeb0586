import { classes } from './classes';

export type DotKind = 'idle' | 'busy' | 'starting' | 'asks' | 'failed' | 'unread';

const looks: Record<DotKind, string> = {
  idle: 'border-[1.5px] border-line-strong',
  unread: 'bg-accent',
  busy: 'bg-accent status-breathe',
  starting: 'border-[1.5px] border-accent border-t-transparent status-spin',
  asks: 'bg-warn-solid',
  failed: 'bg-danger-solid',
};

/** A dot for a state, with its words beside it, because many people can't tell colours apart. */
export const StatusDot = ({ kind, className }: { readonly kind: DotKind; readonly className?: string }) => (
  <span aria-hidden className={classes('inline-block size-2 shrink-0 rounded-full', looks[kind], className)} />
);
