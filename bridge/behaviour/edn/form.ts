/** A file as forms, comments included: what the formatter writes and the reader makes values of. */
import type { Position } from '../source/problem';

interface FormBase {
  readonly at: Position;
  /** The line on which it ends */
  readonly endLine: number;
  /** An empty line stands before it */
  readonly hasBlankBefore: boolean;
}

export type CollectionKind = 'list' | 'vector' | 'map';

export type Form =
  | (FormBase & { readonly kind: 'atom'; readonly text: string })
  | (FormBase & { readonly kind: 'string'; readonly text: string; readonly value: string })
  | (FormBase & { readonly kind: CollectionKind; readonly items: readonly Form[] })
  | (FormBase & { readonly kind: 'comment'; readonly text: string })
  | (FormBase & { readonly kind: 'discard'; readonly form: Form });

/** What opens a collection, and what must close it. */
export const brackets: Readonly<Record<CollectionKind, { readonly open: string; readonly close: string }>> = {
  list: { open: '(', close: ')' },
  vector: { open: '[', close: ']' },
  map: { open: '{', close: '}' },
};
