/** What the kernel knows by a number: the root, tasks, files of a folder, and the files that it holds open. */
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
  /** Which file of the disk it is */
  readonly key: string;
  lookups: bigint;
  /** By hard links there are more than one; the newest comes last */
  places: readonly Place[];
  /** The last one that was taken from it */
  lost: Place | null;
  readonly children: Map<string, FileNode>;
  readonly handles: Set<OpenHandle>;
  /** What the guest and this server last made of it together; another status is somebody else's doing */
  told: FileStatus;
}

export type Node = VirtualNode | FileNode;

/** Whether the content may be changed: asked once, at the first change. */
export type ContentRight =
  | { readonly kind: 'unknown' | 'given' }
  | { readonly kind: 'asked'; readonly answer: Promise<void> }
  | { readonly kind: 'refused'; readonly code: ErrnoCode };

/** A file that the guest holds open. */
export interface OpenHandle {
  readonly id: number;
  readonly node: FileNode;
  readonly file: OpenFile;
  readonly isWritable: boolean;
  content: ContentRight;
}
