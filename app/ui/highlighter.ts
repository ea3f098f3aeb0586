/** Highlighting by tokens: no HTML strings, no wasm; a language is loaded when it is first shown. */
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore, type ThemedToken } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { LanguageInput } from 'shiki/core';

const languages: Readonly<Record<string, () => Promise<{ default: LanguageInput }>>> = {
  bash: () => import('shiki/langs/bash.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
};

const aliases: Readonly<Record<string, string>> = {
  cjs: 'javascript',
  h: 'c',
  htm: 'html',
  js: 'javascript',
  jsx: 'typescript',
  md: 'markdown',
  mjs: 'javascript',
  patch: 'diff',
  py: 'python',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};

/** Longer texts stay plain: highlighting them would block the page, in `characters` */
const longestHighlighted = 60_000;

let highlighter: Promise<HighlighterCore> | null = null;

/** The name of a known language, from its own name or a file extension. */
function languageOf(name: string): string | null {
  const lower = name.toLowerCase();
  const language = aliases[lower] ?? lower;
  return Object.hasOwn(languages, language) ? language : null;
}

/** Lines of coloured tokens, or `null` if the text stays plain. */
export async function highlight(code: string, name: string): Promise<readonly (readonly ThemedToken[])[] | null> {
  const language = languageOf(name);
  const load = language === null ? undefined : languages[language];
  if (language === null || !load || code.length > longestHighlighted) return null;
  highlighter ??= createHighlighterCore({
    themes: [createCssVariablesTheme({ name: 'tokens', variablePrefix: '--shiki-' })],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const core = await highlighter;
  if (!core.getLoadedLanguages().includes(language)) await core.loadLanguage((await load()).default);
  return core.codeToTokens(code, { lang: language, theme: 'tokens' }).tokens;
}
