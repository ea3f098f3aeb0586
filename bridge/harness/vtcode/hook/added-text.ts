/** What a rule has added to a tool's result, since a hook can add and cannot replace. Pure. */
import type { ContentBlock, PatchToolResult } from '../../../../schema/generated/pi-api';

export interface AddedText {
  readonly added: readonly string[];
  /** The result itself was to be another: that has no carrier */
  readonly isReplaced: boolean;
}

export function addedText({ content, isError }: PatchToolResult, original: string): AddedText {
  const texts = (content ?? []).flatMap((block: ContentBlock) => (block.which === 'text' ? [block.text] : []));
  const keepsOriginal = content === undefined || texts.includes(original);
  return {
    added: texts.filter((text) => text !== original),
    isReplaced: !keepsOriginal || isError !== undefined,
  };
}
