import { useEffect, useState } from 'react';

/** Bytes that came as base64. */
export function fromBase64(dataBase64: string): Uint8Array<ArrayBuffer> {
  const text = atob(dataBase64);
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A local address for bytes, released when the component unmounts; `null` until it exists. */
export function useBlobUrl(dataBase64: string, mimeType: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  // Syncs with the browser's table of blob addresses.
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([fromBase64(dataBase64)], { type: mimeType }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [dataBase64, mimeType]);
  return url;
}
