/** The paths that a word of a command may mean: names, some of them patterns. Pure. */
import type { DoubleQuotedChild, Word, WordPart } from 'unbash';

/** One name of a path: a literal name, or a glob over a folder's names. */
export type NamePattern = { readonly name: string } | { readonly glob: string };

export interface PathPattern {
  readonly isAbsolute: boolean;
  readonly names: readonly NamePattern[];
}

/** The words that loops assign to a variable, by its name. */
export type Variables = ReadonlyMap<string, readonly Word[]>;

interface Piece {
  readonly text: string;
  readonly isGlob: boolean;
}

const alternativesCap = 100;
const special = /[*?[\]{},]/g;

const literal = (text: string): readonly Piece[] => [{ text, isGlob: false }];

function variableName(part: WordPart | DoubleQuotedChild): string | null {
  if (part.type === 'SimpleExpansion') return part.text.slice(1);
  if (part.type !== 'ParameterExpansion' || part.operation || part.prefix || part.index) return null;
  return part.parameter;
}

/** Every possible reading of a part; none when it is unknown before the command runs. */
function readPart(part: WordPart | DoubleQuotedChild, variables: Variables): readonly (readonly Piece[])[] {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [literal(part.value)];
    case 'Glob':
      return [[{ text: part.text, isGlob: true }]];
    case 'DoubleQuoted':
      return readParts(part.parts, variables);
    case 'SimpleExpansion':
    case 'ParameterExpansion': {
      const name = variableName(part);
      const words = name === null ? [] : (variables.get(name) ?? []);
      return words.flatMap((word) => readPieces(word, new Map()));
    }
    default:
      return [];
  }
}

function readParts(
  parts: readonly (WordPart | DoubleQuotedChild)[],
  variables: Variables,
): readonly (readonly Piece[])[] {
  let readings: readonly (readonly Piece[])[] = [[]];
  for (const part of parts) {
    const ways = readPart(part, variables);
    readings = readings.flatMap((before) => ways.map((way) => [...before, ...way])).slice(0, alternativesCap);
  }
  return readings;
}

const readPieces = (word: Word, variables: Variables): readonly (readonly Piece[])[] =>
  word.parts ? readParts(word.parts, variables) : [literal(word.value)];

function namesOf(pieces: readonly Piece[]): NamePattern[] {
  const names: NamePattern[] = [];
  let [text, glob, isGlob] = ['', '', false];
  const close = (): void => {
    if (isGlob) names.push({ glob });
    else if (text !== '' && text !== '.') names.push({ name: text });
    [text, glob, isGlob] = ['', '', false];
  };
  for (const piece of pieces) {
    const [first = '', ...more] = piece.text.split('/');
    for (const [index, part] of [first, ...more].entries()) {
      if (index > 0) close();
      text += part;
      glob += piece.isGlob ? part : part.replace(special, '[$&]');
      isGlob ||= piece.isGlob && part !== '';
    }
  }
  close();
  return names;
}

/** Every path that a word may mean; none when that is known only while the command runs. */
export function pathPatterns(word: Word, variables: Variables = new Map()): readonly PathPattern[] {
  // The home folder is outside of everything that is looked at.
  if (word.text.startsWith('~')) return [];
  return readPieces(word, variables).map((pieces) => ({
    isAbsolute: (pieces[0]?.text ?? '').startsWith('/'),
    names: namesOf(pieces),
  }));
}

/** The only text that a word can mean; `null` when it is a pattern or unknown. */
export function literalOf(word: Word | undefined, variables: Variables = new Map()): string | null {
  const [reading, ...others] = word ? readPieces(word, variables) : [];
  if (!reading || others.length > 0 || reading.some(({ isGlob }) => isGlob)) return null;
  return reading.map(({ text }) => text).join('');
}
