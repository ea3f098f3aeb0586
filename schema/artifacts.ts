/** A task's outputs and uploads, and how a file is shown. */
import { z } from 'zod';

export const artifactArea = z.enum(['outputs', 'uploads']);
export type ArtifactArea = z.output<typeof artifactArea>;

export const artifact = z.object({
  area: artifactArea,
  /** Names below the area, joined by `/` */
  path: z.string(),
  bytes: z.number().nonnegative(),
  modifiedAt: z.number(),
});
export type Artifact = z.output<typeof artifact>;

/** A preview contains a file up to a cap; `isTruncated` says that there is more. */
export const preview = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), isTruncated: z.boolean() }),
  z.object({ kind: z.literal('markdown'), text: z.string(), isTruncated: z.boolean() }),
  z.object({ kind: z.literal('code'), text: z.string(), language: z.string(), isTruncated: z.boolean() }),
  z.object({ kind: z.literal('csv'), text: z.string(), isTruncated: z.boolean() }),
  z.object({ kind: z.literal('image'), mimeType: z.string(), dataBase64: z.string() }),
  z.object({ kind: z.literal('none'), reason: z.string() }),
]);
export type Preview = z.output<typeof preview>;
