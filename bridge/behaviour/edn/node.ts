/** A value of the EDN subset, with its place in the file. */
import type { Place } from '../source/problem';

interface NodeBase {
  readonly at: Place;
}

export interface MapEntry {
  readonly key: EdnNode;
  readonly value: EdnNode;
}

export type KeywordNode = NodeBase & { readonly kind: 'keyword'; readonly name: string };
export type ListNode = NodeBase & { readonly kind: 'list'; readonly items: readonly EdnNode[] };
export type VectorNode = NodeBase & { readonly kind: 'vector'; readonly items: readonly EdnNode[] };
export type MapNode = NodeBase & { readonly kind: 'map'; readonly entries: readonly MapEntry[] };

export type EdnNode =
  | (NodeBase & { readonly kind: 'nil' })
  | (NodeBase & { readonly kind: 'boolean'; readonly value: boolean })
  | (NodeBase & { readonly kind: 'integer' | 'float'; readonly value: number })
  | (NodeBase & { readonly kind: 'string'; readonly value: string })
  | KeywordNode
  | (NodeBase & { readonly kind: 'symbol'; readonly name: string })
  | ListNode
  | VectorNode
  | MapNode;

/** How messages describe a node. */
export function nodeWords(node: EdnNode): string {
  switch (node.kind) {
    case 'nil':
      return 'nil';
    case 'boolean':
    case 'integer':
    case 'float':
      return String(node.value);
    case 'string':
      return 'a string';
    case 'keyword':
      return `:${node.name}`;
    case 'symbol':
      return `the symbol ${node.name}`;
    case 'list':
      return 'a list ( )';
    case 'vector':
      return 'a vector [ ]';
    case 'map':
      return 'a map { }';
  }
}
