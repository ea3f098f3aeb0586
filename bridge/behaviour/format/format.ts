/** The one layout for behaviour files. It keeps comments and changes nothing else. */
import { parseEdn } from '../edn/parse';
import { parseForms } from '../edn/parse-forms';
import type { Form } from '../edn/form';
import type { Source } from '../edn/source';
import { Printer } from './printer';

/**
 * The formatted text; formatting it again changes nothing.
 *
 * @throws BehaviourError when it isn't a value of this language
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
