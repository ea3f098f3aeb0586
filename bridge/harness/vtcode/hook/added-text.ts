/** What a rule has added to a tool's result, because a hook can only add, not replace. Pure. */
import type { ContentBlock, PatchToolResult } from '../../../../schema/generated/pi-api';

export interface AddedText {
  readonly added: readonly string[];
  /** A rule wanted to replace the result, which isn't supported */
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
