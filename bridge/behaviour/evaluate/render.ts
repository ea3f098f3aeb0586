/** Texts with their fields filled in. Pure. */
import type { JsonValue, TemplateValue } from '../action';
import type { Template } from '../template';
import { fieldValue, valueText, type Facts } from './facts';

/** What answers have provided so far: `answer`, `shell.output`, `shell.code`. */
export type Given = Readonly<Record<string, string>>;

/** Where a text goes: to a person, with a limit on each field; to a shell; or as data. */
export type Purpose = 'person' | 'shell' | 'data';

/** How many characters one field may fill in a text for a person. */
const longestShown = 2000;

const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function filled(text: string, purpose: Purpose): string {
  if (purpose === 'shell') return shellQuoted(text.replaceAll('\0', ''));
  return purpose === 'person' && text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** The text, with missing fields empty. */
export function render(template: Template, facts: Facts, given: Given, purpose: Purpose = 'person'): string {
  return template.segments
    .map((segment) => {
      if (typeof segment === 'string') return segment;
      const known = Object.hasOwn(given, segment.field) ? given[segment.field] : undefined;
      return filled(known ?? valueText(fieldValue(facts, segment.field)), purpose);
    })
    .join('');
}

/** Data; a string that is only one field becomes that field's value, of any type. */
export function renderValue(value: TemplateValue, facts: Facts, given: Given): JsonValue {
  if ('constant' in value) return value.constant;
  if ('items' in value) return value.items.map((item) => renderValue(item, facts, given));
  if ('fields' in value) return renderFields(value.fields, facts, given);
  const [only, another] = value.template.segments;
  if (only !== undefined && another === undefined && typeof only !== 'string') {
    const found = Object.hasOwn(given, only.field) ? given[only.field] : fieldValue(facts, only.field);
    if (found !== undefined) return found;
  }
  return render(value.template, facts, given, 'data');
}

/** A map of such data. */
export function renderFields(
  fields: Readonly<Record<string, TemplateValue>>,
  facts: Facts,
  given: Given,
): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, renderValue(value, facts, given)]));
}
