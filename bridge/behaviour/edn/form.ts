/** A file as forms, including comments: for the formatter, and for the reader that makes values of them. */
import type { Position } from '../source/problem';

interface FormBase {
  readonly at: Position;
  /** The line where it ends */
  readonly endLine: number;
  /** Whether an empty line comes before it */
  readonly hasBlankBefore: boolean;
}

export type CollectionKind = 'list' | 'vector' | 'map';

export type Form =
  | (FormBase & { readonly kind: 'atom'; readonly text: string })
  | (FormBase & { readonly kind: 'string'; readonly text: string; readonly value: string })
  | (FormBase & { readonly kind: CollectionKind; readonly items: readonly Form[] })
  | (FormBase & { readonly kind: 'comment'; readonly text: string })
  | (FormBase & { readonly kind: 'discard'; readonly form: Form });

/** The brackets that open and close each collection. */
export const brackets: Readonly<Record<CollectionKind, { readonly open: string; readonly close: string }>> = {
  list: { open: '(', close: ')' },
  vector: { open: '[', close: ']' },
  map: { open: '{', close: '}' },
};
