/** A task's file for another program of the person's: a checked copy to open, or where it is. */
import { join } from 'node:path';
import type { FilesApi, TaskPlaces } from '../../schema/files-api';
import type { Client } from '../../schema/rpc';
import { isRawName } from '../../node/name-bytes';
import { artifactNames } from './artifact-path';
import { openableType } from './openable-type';
import type { OpenedCopies } from './opened-copies';

/** `open`: a copy that nobody can change; `show`: the file itself, which isn't opened */
export interface OpenableFile {
  readonly kind: 'open' | 'show';
  readonly path: string;
}

export interface OpenableFileOptions {
  readonly files: Pick<Client<FilesApi>, 'area.copy' | 'area.read'>;
  readonly copies: OpenedCopies;
  readonly places: TaskPlaces;
}

/** A larger file is shown in its folder. */
const copyCapBytes = 100 * 1024 * 1024;

/** @throws RpcError `NOT_FOUND` for anything but a regular file inside, including by a link */
export async function openableFile(
  { files, copies, places }: OpenableFileOptions,
  area: 'folder' | 'outputs',
  path: string,
): Promise<OpenableFile> {
  const names = artifactNames(path);
  const name = speakable(names.at(-1) ?? '');
  const { taskId } = places;
  const { mode, size } = await files['area.read']({ taskId, area, path, cap: 0 });
  const shown: OpenableFile = { kind: 'show', path: join(places[area] ?? '', ...speakableStart(names)) };
  const isType = openableType(name);
  // What may be run is a program to the system, whatever it contains.
  if (isType === null || (mode & 0o111) !== 0 || size > copyCapBytes) return shown;
  const place = await copies.place();
  try {
    await files['area.copy']({ taskId, area, path, to: place.folder, name, cap: copyCapBytes });
    if (isType(await place.read(name))) return { kind: 'open', path: join(place.folder, name) };
  } catch (error) {
    await place.remove();
    throw error;
  }
  await place.remove();
  return shown;
}

/** The name for a copy: other programs are given text. */
const speakable = (name: string): string => name.replace(/\p{Cs}/gu, '_');

/** The names up to the first that isn't text: the system can show that folder. */
function speakableStart(names: readonly string[]): readonly string[] {
  const first = names.findIndex(isRawName);
  return first < 0 ? names : names.slice(0, first);
}
