/** What only this page knows: what is selected, open, typed and reported to the person. */
import type { Preview } from '../../schema/artifacts';
import type { TakeBackConflict, TakeBackResult } from '../../schema/file-changes';

export type OpenDialogName = 'new_task' | 'settings' | 'palette' | 'shortcuts' | 'rename' | 'remove' | 'bind_folder';

export interface Toast {
  readonly id: number;
  readonly level: 'info' | 'error';
  readonly title: string;
  readonly text: string;
}

/** What was read of one file, or why it couldn't be read; read again when the file has changed. */
export interface ReadPreview {
  /** `area/path` */
  readonly key: string;
  readonly taskId: string;
  readonly modifiedAt: number;
  readonly preview: Preview | null;
  readonly problem: string | null;
}

/** A change of a file on display. */
export interface Compared {
  /** A turn, all of them together, or the pending changes */
  readonly turn: number | 'waiting';
  readonly changeId: string;
}

/** What was read of it, or why it couldn't be read; read again when anything in the task's turns changes. */
export interface ReadCompare extends Compared {
  readonly taskId: string;
  readonly version: number;
  readonly before: Preview | null;
  readonly after: Preview | null;
  readonly problem: string | null;
}

/** What happens to a file that conflicts with an undo */
export type ConflictChoice = 'leave' | 'take-back';

export type TakeBackStage =
  | { readonly kind: 'planning' }
  | { readonly kind: 'asking'; readonly steps: number; readonly conflicts: readonly TakeBackConflict[] }
  | { readonly kind: 'running'; readonly isCancelling: boolean }
  | { readonly kind: 'done'; readonly result: TakeBackResult }
  | { readonly kind: 'refused'; readonly problem: string };

/** An undo or redo, from the question to its result. */
export interface TakeBackForm {
  readonly taskId: string;
  readonly turn: number;
  /** `null` for the whole turn */
  readonly changeIds: readonly string[] | null;
  readonly isRedo: boolean;
  /** Whether undo also moves the conversation back */
  readonly movesConversation: boolean;
  readonly stage: TakeBackStage;
  /** By id of the change; a change that isn't listed is left */
  readonly choices: Readonly<Record<string, ConflictChoice>>;
}

export type ReviewStage =
  | { readonly kind: 'asking' }
  | { readonly kind: 'running' }
  | {
      readonly kind: 'done';
      /** The turn that applied the changes */
      readonly turn: number | null;
      readonly done: number;
      /** What stays pending */
      readonly left: readonly TakeBackConflict[];
    }
  | { readonly kind: 'refused'; readonly problem: string };

/** Applying or discarding pending changes, from the question to the result. */
export interface ReviewForm {
  readonly taskId: string;
  readonly verb: 'apply' | 'discard';
  /** `null` for all pending changes */
  readonly changeIds: readonly string[] | null;
  /** How many changes that is */
  readonly count: number;
  readonly stage: ReviewStage;
}

/** A prompt that was sent and isn't in the conversation yet. */
export interface SentPrompt {
  readonly promptId: string;
  readonly text: string;
  readonly at: number;
}

export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly reason: string; readonly attempt: number }
  /** The address was already used or belongs to an earlier start */
  | { readonly kind: 'no_session' };

export type FolderCheck =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly problem: string };

export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly string[];
}

/** A typed or selected folder; kept while its dialog is closed, so that nothing typed is lost. */
export interface FolderForm {
  readonly typed: string;
  /** The host's answer about it, if there is one yet */
  readonly check: FolderCheck | null;
  /** The folders to choose from */
  readonly listing: FolderListing | null;
  /** Why the host refused it */
  readonly problem: string | null;
  /** It is being sent to the host */
  readonly isBusy: boolean;
}

export const emptyFolder: FolderForm = { typed: '', check: null, listing: null, problem: null, isBusy: false };

/** The rest of a new task; kept in the same way. */
export interface NewTaskForm {
  readonly title: string;
  /** `null` for the default in the settings */
  readonly model: string | null;
  /** The agent's changes to the folder wait until the person has approved them */
  readonly reviewsChanges: boolean;
}

export const emptyNewTask: NewTaskForm = { title: '', model: null, reviewsChanges: false };

export interface UiState {
  readonly connection: Connection;
  readonly selectedTaskId: string | null;
  readonly dialog: OpenDialogName | null;
  readonly newTask: NewTaskForm;
  readonly folder: FolderForm;
  /** Which settings page is shown */
  readonly settingsPage: 'general' | 'files' | 'models' | 'extensions';
  readonly isPanelOpen: boolean;
  /** The files as a drawer, if the page is narrow */
  readonly isDrawerOpen: boolean;
  /** The tasks as a drawer, if the page is very narrow */
  readonly isSidebarOpen: boolean;
  readonly toasts: readonly Toast[];
  /** Typed and not sent, by task */
  readonly drafts: Readonly<Record<string, string>>;
  readonly sent: Readonly<Record<string, SentPrompt>>;
  /** Tasks whose run ended while the person looked elsewhere */
  readonly unread: Readonly<Record<string, true>>;
  /** Cards that the person opened or closed, by `taskId itemId` */
  readonly expanded: Readonly<Record<string, boolean>>;
  /** Paths of moved-aside files whose notice was dismissed */
  readonly dismissed: readonly string[];
  /** The file that is previewed, as `area/path` */
  readonly previewed: string | null;
  /** What was read of it */
  readonly preview: ReadPreview | null;
  /** The change being compared, instead of a file being previewed */
  readonly compared: Compared | null;
  readonly compare: ReadCompare | null;
  readonly takeBack: TakeBackForm | null;
  readonly review: ReviewForm | null;
  /** Titles of turns that were undone with their messages, by task and turn */
  readonly turnTitles: Readonly<Record<string, Readonly<Record<number, string>>>>;
  /** What can't be undone, by task, until the person has read it */
  readonly warnings: Readonly<Record<string, readonly string[]>>;
  /** Names of files being uploaded, by task */
  readonly uploading: Readonly<Record<string, readonly string[]>>;
  /** Why a task's conversation or files couldn't be read */
  readonly readProblems: Readonly<Record<string, string>>;
}

export const initialUi: UiState = {
  connection: { kind: 'connecting' },
  selectedTaskId: null,
  dialog: null,
  newTask: emptyNewTask,
  folder: emptyFolder,
  settingsPage: 'general',
  isPanelOpen: true,
  isDrawerOpen: false,
  isSidebarOpen: false,
  toasts: [],
  drafts: {},
  sent: {},
  unread: {},
  expanded: {},
  dismissed: [],
  previewed: null,
  preview: null,
  compared: null,
  compare: null,
  takeBack: null,
  review: null,
  turnTitles: {},
  warnings: {},
  uploading: {},
  readProblems: {},
};
