/** The one way to lay a behaviour file out; comments stay, and nothing else changes. */
import { parseEdn } from '../edn/parse';
import { parseForms } from '../edn/parse-forms';
import type { Form } from '../edn/form';
import type { Source } from '../edn/source';
import { Printer } from './printer';

/**
 * The text laid out anew; laid out once more it stays as it is.
 *
 * @throws BehaviourError when it is no value of this language
 */
export function format(source: Source): string {
  parseEdn(source);
  const printer = new Printer();
  let before: Form | null = null;
  for (const form of parseForms(source)) {
    printer.separate(before, form, 0);
    printer.form(form, form.kind === 'map' ? 'top' : 'open');
    before = form;
  }
  return `${printer.written}\n`;
}
