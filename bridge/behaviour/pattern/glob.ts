/** Path patterns: `*` within a name, `**` over folders, `?`, `[abc]` and `{a,b}`. */
import { regexFinds, type RegexPattern } from './regex';

/** Plain data; `regex` is the same pattern as a regular expression for a whole path. */
export interface GlobPattern {
  readonly kind: 'glob';
  readonly source: string;
  readonly regex: RegexPattern;
}

/** Maximum length of a glob in characters. */
export const longestGlob = 256;

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A class such as `[a-z]` or `[!a]`, and its number of characters; `null` when it isn't closed. */
function classAt(source: string, start: number): { readonly regex: string; readonly length: number } | null {
  const end = source.indexOf(']', start + 2);
  if (end < 0) return null;
  const inside = source.slice(start + 1, end);
  const isNegated = inside.startsWith('!') || inside.startsWith('^');
  const members = (isNegated ? inside.slice(1) : inside).replace(/[\\[\]^&~]/g, '\\$&');
  return { regex: `[${isNegated ? '^/' : ''}${members}]`, length: end - start + 1 };
}

function translate(source: string): string | null {
  let regex = '';
  let depth = 0;
  for (let index = 0; index < source.length;) {
    const rest = source.slice(index);
    const atName = index === 0 || source[index - 1] === '/';
    if (rest.startsWith('**/') && atName) {
      regex += '(?:[^/]+/)*';
      index += 3;
    } else if (rest.startsWith('**')) {
      regex += '.*';
      index += 2;
    } else if (rest.startsWith('[')) {
      const found = classAt(source, index);
      if (found === null) return null;
      regex += found.regex;
      index += found.length;
    } else {
      const character = String.fromCodePoint(source.codePointAt(index) ?? 0);
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
      if (depth < 0) return null;
      if (character === '*') regex += '[^/]*';
      else if (character === '?') regex += '[^/]';
      else if (character === '{') regex += '(?:';
      else if (character === '}') regex += ')';
      else if (character === ',' && depth > 0) regex += '|';
      else regex += literal(character);
      index += character.length;
    }
  }
  return depth === 0 ? `^(?s:${regex})$` : null;
}

/** The pattern of a glob; `null` when a bracket isn't closed or it is longer than `longestGlob`. */
export function globPattern(source: string): GlobPattern | null {
  if (source === '' || source.length > longestGlob) return null;
  const regex = translate(source);
  return regex === null ? null : { kind: 'glob', source, regex: { kind: 'regex', source: regex } };
}

/** Whether the whole text matches the glob. */
export function globMatches(pattern: GlobPattern, text: string): boolean {
  return regexFinds(pattern.regex, text);
}
