import type { Preview } from '../../../schema/artifacts';
import { fromBase64 } from './blob-url';

/** The whole file, or `null` if the preview shows only a part of it. */
export function wholeContent(preview: Preview): Blob | null {
  if (preview.kind === 'none') return null;
  if (preview.kind === 'image') return new Blob([fromBase64(preview.dataBase64)], { type: preview.mimeType });
  return preview.isTruncated ? null : new Blob([preview.text], { type: 'text/plain' });
}
