/** One task's files in the worker: its journal, and what the guest sees of it. */
import { openFolder } from '../confined/open-folder';
import type { TaskPlaces } from '../../schema/files-api';
import type { FolderFiles, OpenFile } from '../folder/folder-files';
import { SharedFolder } from '../folder/folder-layer';
import { builtFiles } from '../acts/built-files';
import { Journal } from '../journal/journal';
import type { JournaledTurn } from '../journal/journal-options';
import type { Change } from '../journal/take-back/net-changes';
import { takeBack } from '../journal/take-back/take-back';
import { planTakeBack } from '../journal/take-back/plan';
import { DiskUse } from '../limited/disk-use';
import { LimitedFolder } from '../limited/limited-folder';
import { Overlay } from '../overlay/overlay';
import type { Area } from '../server/bindings';
import type { FileServer } from '../server/file-server';
import { openWatch } from '../watch/open-watch';
import { identitiesOf } from './task-folders';

export interface TaskFilesOptions {
  readonly keepUpToBytes: number;
  readonly growUpToBytes: () => number;
  /** `null` when it is no longer listed */
  readonly onTurnChanged: (turn: number, summary: JournaledTurn | null) => void;
  readonly onWarning: (message: string) => void;
  /** The changes that wait for review are different now */
  readonly onReviewChanged: () => void;
}

const gib = (bytes: number): string => `${Math.round((bytes / 1024 ** 3) * 10) / 10} GB`;
const mib = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MB`;

export class TaskFiles {
  readonly journal: Journal;
  /** Where the folder's changes wait, for a task that reviews them */
  readonly overlay: Overlay | null;
  readonly #identities: string;
  readonly #use: DiskUse;
  /** Questions about files that programs run by themselves, allowed in this turn */
  readonly allowedToRun = new Set<string>();
  #isShown = false;
  /** Set while an undo is in progress; stops it between two steps */
  takingBack: AbortController | null = null;

  /** @throws Errno when a folder can't be opened, the system's error when the journal can't */
  constructor(
    readonly places: TaskPlaces,
    private readonly options: TaskFilesOptions,
  ) {
    const { folder, outputs, journal, overlay } = places;
    this.#identities = identitiesOf(places);
    this.#use = new DiskUse({
      limit: options.growUpToBytes,
      onFull: (limit) =>
        options.onWarning(
          `This task has reached its limit of ${gib(limit)} on your disk. Delete some of its files, or raise the limit in Settings, under Files.`,
        ),
    });
    this.journal = Journal.open(journal, {
      areas: {
        outputs: { files: openFolder(outputs), path: outputs },
        ...(folder === null ? {} : { folder: { files: openFolder(folder), path: folder } }),
      },
      limits: { maxFileBytes: options.keepUpToBytes },
    });
    this.journal.onChanged((turn) => options.onTurnChanged(turn, this.journal.summary(turn)));
    this.journal.onWarning((warning) => {
      if (warning.type === 'set-aside') {
        options.onWarning(`Piwork couldn't read the log of an earlier turn and moved it aside as ${warning.path}.`);
      } else {
        const { names, size, reason } = warning;
        const isTooLarge = reason === 'file-too-large' || reason === 'turn-too-large';
        const why = isTooLarge ? `is too large to keep (${mib(size)})` : `couldn't be kept (${reason})`;
        options.onWarning(`${names.join('/')} ${why}: this change can't be undone.`);
      }
    });
    this.overlay =
      overlay === null || folder === null
        ? null
        : new Overlay({ place: overlay, folder: this.journal.folder('folder'), onChanged: options.onReviewChanged });
    for (const { path } of this.journal.setAside)
      options.onWarning(`Piwork couldn't read the log of an earlier turn and moved it aside as ${path}.`);
  }

  /** Whether the same folders are there: one that was deleted and created again is a different one. */
  get isCurrent(): boolean {
    return identitiesOf(this.places) === this.#identities;
  }

  /** Shows the guest the task's folders; returns whether none of them was shown before. */
  show(server: FileServer): boolean {
    if (this.#isShown) return false;
    const { taskId, folder, outputs, uploads, session } = this.places;
    const bind = (area: Area, path: string, files: FolderFiles): void =>
      server.bind({
        taskId,
        area,
        watch: openWatch(path),
        isWritable: area !== 'uploads',
        files: new LimitedFolder(files, this.#use),
      });
    bind('session', session, openFolder(session));
    bind('uploads', uploads, openFolder(uploads));
    // The server closes what is unbound; a journaled folder stays open for undo.
    bind('outputs', outputs, new SharedFolder(this.journal.folder('outputs')));
    if (folder !== null)
      bind('folder', folder, new SharedFolder(this.overlay?.folder() ?? this.journal.folder('folder')));
    this.#isShown = true;
    return true;
  }

  /** Undoes an interrupted apply; the waiting changes are then as before. */
  async takeBackApply(): Promise<void> {
    if (!this.overlay?.isApplying) return;
    const last = this.journal.turns().findLast(({ kind, promptId }) => kind === 'agent' && promptId === null);
    if (last && last.state !== 'taken-back') {
      await takeBack(this.journal, planTakeBack(this.journal, { turns: [last.turn] }));
    }
    this.overlay.endApplying();
  }

  /** Reports files of the last turn that run programs when somebody builds. */
  warnOfBuildFiles(): void {
    const last = this.journal.turns().at(-1);
    if (last?.kind !== 'agent' || this.overlay) return;
    const built = builtFiles(this.journal.changes(last.turn));
    if (built !== null) this.options.onWarning(built);
  }

  hide(server: FileServer): void {
    server.unbind(this.places.taskId);
    this.#isShown = false;
  }

  /** The present file. @throws Errno */
  openPresent({ area, to }: Change): OpenFile | null {
    return to === undefined ? null : this.journal.area(area).files.openFile(to, { isWritable: false });
  }

  close(server: FileServer): void {
    this.takingBack?.abort();
    this.hide(server);
    this.overlay?.close();
    this.journal.close();
  }
}
