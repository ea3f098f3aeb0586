/** The guest's acts on the person's files that wait for an answer from main. */
import type { ApprovalKind } from '../../schema/approvals';
import { Errno } from '../folder/errno';
import type { FileStatus, Names } from '../folder/folder-files';
import type { HeldAct } from '../../schema/files-api';
import type { IntendedChange } from '../server/intended-change';
import type { Ownership } from './ownership';

/** Which question a change needs, or nothing when it can happen without one. */
export function questionFor(
  change: IntendedChange,
  { asksBeforeChange, isOwn, holdsPersons }: Ownership,
): ApprovalKind | null {
  const { kind, names, to, status, target } = change;
  // A named pipe or a socket of the guest's isn't on the host, and nothing is lost with it.
  const isPersons = (at: Names, found: FileStatus | null): boolean =>
    found !== null && found.special === undefined && !isOwn(at, found);
  const isOfPerson = isPersons(names, status);
  const replacesPersons = isPersons(to ?? [], target ?? null);
  const ofChange = asksBeforeChange ? 'change' : null;
  switch (kind) {
    case 'remove':
    case 'removeDirectory':
      return isOfPerson ? 'delete' : null;
    case 'rename':
      if (isOfPerson || (status?.kind === 'directory' && holdsPersons(names))) return 'rename';
      // Editors save like this: a new file replaces the old one.
      return replacesPersons ? ofChange : null;
    case 'exchange': {
      const isMoved = isOfPerson || replacesPersons;
      return isMoved || holdsPersons(names) || holdsPersons(to ?? []) ? 'rename' : null;
    }
    case 'content':
    case 'mode':
      return isOfPerson ? ofChange : null;
    case 'create':
    case 'makeDirectory':
    case 'makeSymlink':
    case 'makeHardLink':
    case 'times':
      return null;
  }
}

export interface HeldActListeners {
  readonly onAsked: (act: HeldAct) => void;
  readonly onDropped: (id: number) => void;
}

interface Waiting {
  readonly taskId: string;
  readonly resolve: () => void;
  readonly reject: (reason: Errno) => void;
}

export class HeldActs {
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(private readonly listeners: HeldActListeners) {}

  /** Resolves when the act may happen. Rejects with `EPERM` when it is refused or was dropped in the meantime. */
  hold(
    { taskId, names, to, status, caller }: IntendedChange,
    kind: ApprovalKind,
    dropped: AbortSignal,
    sentence: string | null = null,
  ): Promise<void> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { taskId, resolve, reject });
      dropped.addEventListener('abort', () => {
        if (!this.#waiting.has(id)) return;
        this.answer(id, false);
        this.listeners.onDropped(id);
      });
      this.listeners.onAsked({
        id,
        taskId,
        kind,
        path: names.join('/'),
        to: to?.join('/') ?? null,
        sizeBytes: status?.kind === 'file' ? status.size : null,
        fileKind: status?.kind ?? 'other',
        pid: caller.pid,
        sentence,
      });
    });
  }

  answer(id: number, isAllowed: boolean): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (isAllowed) waiting?.resolve();
    else waiting?.reject(new Errno('EPERM'));
  }

  /** Drops the acts of this task: nobody will answer them. */
  refuseAll(taskId: string): void {
    for (const [id, waiting] of [...this.#waiting]) {
      if (waiting.taskId === taskId) this.answer(id, false);
    }
  }
}
