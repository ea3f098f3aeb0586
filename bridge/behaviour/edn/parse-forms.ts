/** Text → forms. Throws only BehaviourError, for any text. */
import type { Position } from '../source/problem';
import { quoted } from '../source/suggest';
import { brackets, type CollectionKind, type Form } from './form';
import { Cursor, deepestNesting, fail, mostForms, mostSourceBytes, type Source } from './source';
import { readString } from './string';

const closing = new Set(Object.values(brackets).map(({ close }) => close));
const isBlank = (character: string): boolean => ' \t\r\n,'.includes(character);

const asciiParts = new Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.*+!-_?$%&=<>/:#'|");

/** The tables of all letters take long to set up, so they are used only for letters beyond ASCII. */
const isAtomPart = (character: string): boolean =>
  asciiParts.has(character) || (character > '\u007f' && /^[\p{L}\p{N}]$/u.test(character));

function kindOf(character: string): CollectionKind | null {
  const kinds: readonly CollectionKind[] = ['list', 'vector', 'map'];
  return kinds.find((kind) => brackets[kind].open === character) ?? null;
}

class FormParser {
  private readonly cursor: Cursor;
  private count = 0;

  constructor(private readonly source: Source) {
    this.cursor = new Cursor(source);
  }

  parseAll(): readonly Form[] {
    const items = this.parseItems(0);
    if (this.cursor.peek() !== '') {
      fail(this.source, this.cursor.at, `${quoted(this.cursor.peek())} has nothing to close`);
    }
    return items;
  }

  /** Items up to a closing bracket or the end. */
  private parseItems(depth: number): readonly Form[] {
    const items: Form[] = [];
    for (;;) {
      const hasBlankBefore = this.skipBlanks();
      const next = this.cursor.peek();
      if (next === '' || closing.has(next)) return items;
      items.push(this.parseForm(depth, hasBlankBefore));
    }
  }

  /** Returns whether it skipped an empty line. */
  private skipBlanks(): boolean {
    return (this.cursor.takeWhile(isBlank).match(/\n/g)?.length ?? 0) > 1;
  }

  private parseForm(depth: number, hasBlankBefore: boolean): Form {
    const at = this.cursor.at;
    this.count += 1;
    if (this.count > mostForms) fail(this.source, at, `a file has at most ${mostForms} forms`);
    const next = this.cursor.peek();
    const kind = kindOf(next);
    if (kind !== null) return this.parseCollection(kind, depth, hasBlankBefore);
    if (next === '"') {
      const start = this.cursor.index;
      const value = readString(this.cursor);
      const text = this.source.text.slice(start, this.cursor.index);
      return { kind: 'string', at, endLine: this.cursor.at.line, hasBlankBefore, text, value };
    }
    if (next === ';') {
      const text = this.cursor.takeWhile((character) => character !== '\n').trimEnd();
      return { kind: 'comment', at, endLine: at.line, hasBlankBefore, text };
    }
    if (next === '#') return this.parseDiscard(depth, hasBlankBefore);
    return this.parseAtom(at, hasBlankBefore);
  }

  private parseCollection(kind: CollectionKind, depth: number, hasBlankBefore: boolean): Form {
    const at = this.cursor.at;
    if (depth >= deepestNesting) fail(this.source, at, `nesting is at most ${deepestNesting} deep`);
    this.cursor.take();
    const items = this.parseItems(depth + 1);
    const { open, close } = brackets[kind];
    const found = this.cursor.peek();
    if (found === '') fail(this.source, at, `the "${open}" that opens here isn't closed: expected "${close}"`);
    if (found !== close) {
      const opened = `"${open}" of line ${at.line}, column ${at.column}`;
      fail(this.source, this.cursor.at, `expected "${close}" to close the ${opened}, found "${found}"`);
    }
    const endLine = this.cursor.at.line;
    this.cursor.take();
    return { kind, at, endLine, hasBlankBefore, items };
  }

  private parseDiscard(depth: number, hasBlankBefore: boolean): Form {
    const at = this.cursor.at;
    this.cursor.take();
    const next = this.cursor.peek();
    if (next === '{') fail(this.source, at, "sets aren't part of this language: write a vector, [ … ]");
    if (next !== '_') fail(this.source, at, 'expected "_" after "#": tagged literals aren\'t part of this language');
    this.cursor.take();
    // Discards nest too: a hundred "#_" in a row are a hundred levels.
    if (depth >= deepestNesting) fail(this.source, at, `nesting is at most ${deepestNesting} deep`);
    const isBlankBefore = this.skipBlanks();
    const following = this.cursor.peek();
    if (following === '' || closing.has(following)) fail(this.source, at, 'expected a form after "#_"');
    if (following === '#')
      fail(this.source, this.cursor.at, '"#_" can\'t come before another "#_": put one before each form');
    if (following === ';') fail(this.source, this.cursor.at, 'no comment can come between "#_" and its form');
    const form = this.parseForm(depth + 1, isBlankBefore);
    return { kind: 'discard', at, endLine: form.endLine, hasBlankBefore, form };
  }

  private parseAtom(at: Position, hasBlankBefore: boolean): Form {
    const text = this.cursor.takeWhile(isAtomPart);
    if (text === '') {
      fail(this.source, at, `unexpected ${quoted(this.cursor.peek())}: expected a value`);
    }
    return { kind: 'atom', at, endLine: at.line, hasBlankBefore, text };
  }
}

/** @throws BehaviourError with one problem */
export function parseForms(source: Source): readonly Form[] {
  if (new TextEncoder().encode(source.text).length > mostSourceBytes) {
    fail(source, { line: 1, column: 1 }, `the file is over ${mostSourceBytes / 1024} KiB`);
  }
  return new FormParser(source).parseAll();
}
