/** Regular expressions in linear time: RE2's syntax, so without backreferences and look-around. */
import { RE2JS, RE2JSException } from 're2js';

/** Plain data; compiled once per object, at its first use. */
export interface RegexPattern {
  readonly kind: 'regex';
  readonly source: string;
}

/** Maximum length of a regular expression in characters. */
const longestRegex = 512;

const compiled = new WeakMap<RegexPattern, RE2JS>();

/** What is wrong with a regular expression, or `null`. */
export function regexProblem(source: string): string | null {
  if (source.length > longestRegex) {
    return `the regular expression has ${source.length} characters, ${longestRegex} are allowed`;
  }
  try {
    RE2JS.compile(source);
    return null;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const what = error.message.replace(/^error parsing regexp: /, '');
    const isBeyond = /\(\?[<!=]|\\[1-9]/.test(source);
    return `not a regular expression: ${what}${isBeyond ? "; look-around and backreferences aren't supported" : ''}`;
  }
}

/** Whether it matches anywhere in the text, in time linear in the text's length. */
export function regexFinds(pattern: RegexPattern, text: string): boolean {
  let machine = compiled.get(pattern);
  if (machine === undefined) {
    machine = RE2JS.compile(pattern.source);
    compiled.set(pattern, machine);
  }
  return machine.matcher(text).find();
}
