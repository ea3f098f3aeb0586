/** Fresh folders of one app: its state, and the folders that its journeys work in. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Place {
  /** The person's home folder, which contains everything below; absolute */
  readonly folder: string;
  /** `PIWORK_HOME` */
  readonly home: string;
  /** The parent of the journeys' folders */
  readonly root: string;
  /** Beside it: no task gets anything there */
  readonly outside: string;
}

export async function makePlace(name: string): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), `piwork-e2e-${name}-`));
  const place = {
    folder,
    home: join(folder, 'home'),
    root: join(folder, 'Documents'),
    outside: join(folder, 'outside'),
  };
  await mkdir(place.root);
  await mkdir(place.outside);
  return place;
}

export const removePlace = ({ folder }: Place): Promise<void> => rm(folder, { recursive: true, force: true });

/** Creates a folder with the given files below `root`, and returns its path. */
export async function makeFolder(
  { root }: Place,
  name: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
