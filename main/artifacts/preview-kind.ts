/** How a file is shown, from its name and its first bytes. */
export type PreviewKind =
  | { readonly kind: 'text' | 'markdown' | 'csv' }
  | { readonly kind: 'code'; readonly language: string }
  | { readonly kind: 'image'; readonly mimeType: string };

const images: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
};

const languages: Readonly<Record<string, string>> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'jsx',
  ts: 'typescript',
  tsx: 'tsx',
  py: 'python',
  sh: 'bash',
  bash: 'bash',
  json: 'json',
  jsonl: 'json',
  html: 'html',
  css: 'css',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  rs: 'rust',
  go: 'go',
  java: 'java',
  c: 'c',
  h: 'c',
  cpp: 'cpp',
  sql: 'sql',
  xml: 'xml',
  svg: 'xml',
  rb: 'ruby',
  php: 'php',
  diff: 'diff',
  patch: 'diff',
};

const extensionOf = (name: string): string => /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** The agent chooses names: `report.constructor` must match nothing. */
const own = (table: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export function previewKind(name: string): PreviewKind {
  const extension = extensionOf(name);
  const mimeType = own(images, extension);
  if (mimeType !== undefined) return { kind: 'image', mimeType };
  if (extension === 'md' || extension === 'markdown') return { kind: 'markdown' };
  if (extension === 'csv' || extension === 'tsv') return { kind: 'csv' };
  const language = own(languages, extension);
  return language === undefined ? { kind: 'text' } : { kind: 'code', language };
}

/** Whether bytes look like text: no NUL near the start. */
export const looksLikeText = (bytes: Uint8Array): boolean => !bytes.subarray(0, 8192).includes(0);
