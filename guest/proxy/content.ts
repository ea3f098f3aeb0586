/** Converts between pi's content blocks and the contract's. */
import type { ContentBlock } from '../../schema/generated/pi-api';

interface PiBlock {
  readonly type?: string;
  readonly text?: string;
  readonly mimeType?: string;
  /** Base64 */
  readonly data?: string;
}

/**
 * Leaves out blocks that the contract doesn't know. They stay unchanged in pi unless the bridge replaces the content.
 */
export const fromPiContent = (content: unknown): readonly ContentBlock[] =>
  (typeof content === 'string' ? [{ type: 'text', text: content }] : ((content ?? []) as readonly PiBlock[])).flatMap(
    ({ type, text, mimeType, data }): ContentBlock[] => {
      if (type === 'text') return [{ which: 'text', text: text ?? '' }];
      if (type !== 'image') return [];
      return [{ which: 'image', image: { mimeType: mimeType ?? '', data: Buffer.from(data ?? '', 'base64') } }];
    },
  );

export const toPiContent = (content: readonly ContentBlock[]): object[] =>
  content.map((block) =>
    block.which === 'text'
      ? { type: 'text', text: block.text }
      : { type: 'image', mimeType: block.image.mimeType, data: Buffer.from(block.image.data).toString('base64') },
  );

/** The text of all blocks, each on its own line. */
export const textOf = (content: readonly ContentBlock[]): string =>
  content.flatMap((block) => (block.which === 'text' ? [block.text] : [])).join('\n');
