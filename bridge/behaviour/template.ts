/**
 * Texts with fields: `"delete {input.path}?"`; `{{` and `}}` are literal braces. Plain data; `evaluate/` renders it.
 */

export type Segment = string | { readonly field: string };

export interface Template {
  readonly segments: readonly Segment[];
}

/** A text without fields. */
export const plainTemplate = (text: string): Template => ({ segments: text === '' ? [] : [text] });

/** A template, or what is wrong with it. */
export function parseTemplate(text: string): Template | { readonly problem: string } {
  const segments: Segment[] = [];
  let literal = '';
  const pieces = text.match(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g) ?? [];
  for (const piece of pieces) {
    if (piece === '{{' || piece === '}}') literal += piece.charAt(0);
    else if (piece === '{' || piece === '}') return { problem: `a single "${piece}": write "${piece}${piece}"` };
    else if (piece.startsWith('{')) {
      if (literal !== '') segments.push(literal);
      literal = '';
      segments.push({ field: piece.slice(1, -1).trim() });
    } else literal += piece;
  }
  if (literal !== '') segments.push(literal);
  return { segments };
}
