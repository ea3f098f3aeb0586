/** The built renderer in memory. Files that aren't on this list aren't served, so no path can lead elsewhere. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export interface PageFile {
  readonly mimeType: string;
  readonly body: Buffer;
}

export type PageFiles = ReadonlyMap<string, PageFile>;

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

const noncePlace = '__CSP_NONCE__';

/** Reads every file of the build; keys are paths such as `/index.html`. */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && extname(entry.name) in mimeTypes)
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const mimeType = mimeTypes[extname(entry.name)] ?? 'application/octet-stream';
        return [`/${relative(folder, path).split(sep).join('/')}`, { mimeType, body: await readFile(path) }] as const;
      }),
  );
  return new Map(files);
}

/** The page with this load's nonce filled in. */
export const withNonce = ({ body }: PageFile, nonce: string): string =>
  body.toString('utf8').replaceAll(noncePlace, nonce);

/** Nothing from elsewhere runs, loads or frames. Radix needs a nonce for the one style element it adds. */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
