/** What the prober in the guest answers. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const waysOut = z.object({ tried: z.number(), open: z.record(z.string(), z.string().nullable()) });

/** The guest's own view */
export const rootView = z.object({
  /** Root within the file system, target, type, source */
  mounts: z.array(z.tuple([z.string(), z.string(), z.string(), z.string()])),
  tree: z.record(z.string(), z.tuple([z.enum(['file', 'folder', 'link']), z.string().nullable()])),
  devices: z.object({
    disks: z.array(z.string()),
    ports: z.array(z.string()),
    virtio: z.array(z.number()),
    tags: z.array(z.string()),
  }),
  mountedByTag: z.array(z.string()),
  links: z.record(z.string(), z.union([z.string().nullable(), z.array(z.string())])),
  closedTask: z.boolean(),
  out: waysOut,
  control: waysOut,
});

/** Requests sent in the kernel's place */
export const rawReport = z.object({
  roots: z.array(z.string()),
  areas: z.array(z.string()),
  control: z.string(),
  target: z.string(),
  guesses: z.object({ tried: z.number(), found: z.array(z.number()), control: z.boolean() }),
  names: z.object({ tried: z.number(), answered: z.array(z.array(z.string())), errors: z.array(z.string()) }),
  links: z.record(z.string(), z.string()),
  made: z.array(z.array(z.string())),
});

/** A complete report, or `null`. */
export async function readReport(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
