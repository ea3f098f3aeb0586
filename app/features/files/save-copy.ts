/** Saving a previewed file where the person wants it. */
import type { Preview } from '../../../schema/app-api';
import { fromBase64 } from './blob-url';

/** The whole file, or `null` where the preview shows only a part of it. */
export function wholeContent(preview: Preview): Blob | null {
  if (preview.kind === 'none') return null;
  if (preview.kind === 'image') return new Blob([fromBase64(preview.dataBase64)], { type: preview.mimeType });
  return preview.isTruncated ? null : new Blob([preview.text], { type: 'text/plain' });
}

/** Hands a file to the browser's or the window's own way of saving. */
export function saveCopy(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
