import type { Artifact, ArtifactArea } from '../../../schema/artifacts';

/** A task's files of one area, newest first. */
export const filesOf = (artifacts: readonly Artifact[], area: ArtifactArea): readonly Artifact[] =>
  artifacts
    .filter((artifact) => artifact.area === area)
    .toSorted((left, right) => right.modifiedAt - left.modifiedAt || left.path.localeCompare(right.path));

/** Key of a file, as the store names the previewed one. */
export const fileKey = ({ area, path }: Pick<Artifact, 'area' | 'path'>): string => `${area}/${path}`;

/** The file before or after the previewed one, in list order. */
export function neighbour(artifacts: readonly Artifact[], previewed: string, step: 1 | -1): Artifact | undefined {
  const listed = [...filesOf(artifacts, 'outputs'), ...filesOf(artifacts, 'uploads')];
  const at = listed.findIndex((artifact) => fileKey(artifact) === previewed);
  return at < 0 ? undefined : listed[at + step];
}

export type FileKind = 'text' | 'code' | 'image' | 'table' | 'other';

const kinds: Readonly<Record<string, FileKind>> = Object.fromEntries(
  (
    [
      ['text', 'md txt rst log pdf doc docx odt rtf'],
      ['code', 'js ts tsx jsx py rs go c h java css html json yaml yml toml sh sql xml'],
      ['image', 'png jpg jpeg gif webp svg avif bmp heic'],
      ['table', 'csv tsv xls xlsx ods'],
    ] as const
  ).flatMap(([kind, endings]) => endings.split(' ').map((ending) => [ending, kind])),
);

/** The kind of file that a name suggests; selects the icon. */
export const fileKind = (path: string): FileKind => kinds[path.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'other';

/** A file's path on this computer, from the layout of the state folder. */
export const filePlace = (
  stateFolder: string,
  taskId: string,
  { area, path }: Pick<Artifact, 'area' | 'path'>,
): string => [stateFolder, 'taskstate', taskId, area, path].join('/');
