/** Files that a person gives to a task. */
import type { App } from '../../connection/app';
import { attempt, toast } from '../../connection/attempt';
import { updateUi } from '../../store/app-store';
import { formatBytes } from '../../ui/format';

/** What one call may carry, in `bytes` */
export const maxUploadBytes = 5 * 1024 * 1024;

const uploadTimeoutMs = 120_000;

/** The part of a browser's File that is needed. */
export interface GivenFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Adds files to a task, one after the other; each failure names its file. */
export async function uploadFiles(app: App, taskId: string, files: readonly GivenFile[]): Promise<void> {
  const setUploading = (change: (names: readonly string[]) => readonly string[]): void =>
    updateUi(app.store, (ui) => ({ uploading: { ...ui.uploading, [taskId]: change(ui.uploading[taskId] ?? []) } }));

  const tooLarge = files.filter((file) => file.size > maxUploadBytes);
  for (const file of tooLarge) {
    toast(
      app,
      'error',
      `${file.name} is too large`,
      `It is ${formatBytes(file.size)}; the limit is ${formatBytes(maxUploadBytes)}. Put it in the task's folder instead.`,
    );
  }
  const accepted = files.filter((file) => file.size <= maxUploadBytes);
  setUploading((names) => [...names, ...accepted.map((file) => file.name)]);
  for (const file of accepted) {
    await attempt(app, `Couldn't add ${file.name}`, async () => {
      const dataBase64 = toBase64(new Uint8Array(await file.arrayBuffer()));
      return app.client['artifact.upload']({ taskId, name: file.name, dataBase64 }, { timeoutMs: uploadTimeoutMs });
    });
    setUploading((names) => names.toSpliced(names.indexOf(file.name), 1));
  }
}

/** Bytes as base64, in pieces, because the number of arguments of a call is limited. */
export function toBase64(bytes: Uint8Array): string {
  const pieceBytes = 0x8000;
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + pieceBytes)));
  }
  return btoa(pieces.join(''));
}
