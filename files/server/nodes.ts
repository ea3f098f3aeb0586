/** What the kernel knows by number: the root, tasks, the files of a folder, and the files it has open. */
import type { ErrnoCode } from '../folder/errno';
import type { FileKind, FileStatus, OpenFile } from '../folder/folder-files';
import type { Binding } from './bindings';

interface Virtual<Type extends string> {
  readonly type: Type;
  readonly id: number;
  /** Empty for the root */
  readonly taskId: string;
  lookups: bigint;
}

export type TaskNode = Virtual<'task'>;
export type VirtualNode = Virtual<'root'> | TaskNode;

export interface Place {
  /** `null` for the root of a folder */
  readonly parent: FileNode | null;
  readonly name: string;
}

export interface FileNode {
  readonly type: 'file';
  readonly id: number;
  readonly binding: Binding;
  readonly kind: FileKind;
  /** Identifies the file on the disk */
  readonly key: string;
  lookups: bigint;
  /** More than one with hard links; newest last */
  places: readonly Place[];
  /** The last place that it lost */
  lost: Place | null;
  /** A directory that the guest removed: for whoever still has it open, it is empty */
  isRemoved: boolean;
  readonly children: Map<string, FileNode>;
  readonly handles: Set<OpenHandle>;
  /** Status after the last change by the guest or this server; any other status means that somebody else changed it */
  told: FileStatus;
}

export type Node = VirtualNode | FileNode;

/** Whether the content may be changed: asked once, at the first change. */
export type ContentRight =
  | { readonly kind: 'unknown' | 'given' }
  | { readonly kind: 'asked'; readonly answer: Promise<void> }
  | { readonly kind: 'refused'; readonly code: ErrnoCode };

/** A file that the guest has open. */
export interface OpenHandle {
  readonly id: number;
  readonly node: FileNode;
  readonly file: OpenFile;
  readonly isWritable: boolean;
  content: ContentRight;
}
