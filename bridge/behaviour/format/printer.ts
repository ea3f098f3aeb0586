/** Lays forms out over lines: one key, item or argument per line when they don't all fit on one. */
import { brackets, type Form } from '../edn/form';
import { flat } from './flat';

/** Preferred maximum line length, in characters; a long string may exceed it. */
const lineWidth = 100;

/** To the right of this column, arguments and values move to a new line. */
const deepestHang = 56;

type Collection = Extract<Form, { kind: 'list' | 'vector' | 'map' }>;

const isCollection = (form: Form): form is Collection => ['list', 'vector', 'map'].includes(form.kind);

/** How a form is laid out: `open` may be on one line, `broken` never is, and `top` also breaks its members. */
type Layout = 'open' | 'broken' | 'top';

/** Members of the top map that have one item per line, however short they are. */
const listed = new Set([':On', ':Tools', ':Commands', ':Shortcuts']);

export class Printer {
  private text = '';
  private column = 0;

  get written(): string {
    return this.text;
  }

  write(text: string): void {
    this.text += text;
    const end = text.lastIndexOf('\n');
    this.column = end < 0 ? this.column + text.length : text.length - end - 1;
  }

  private breakTo(indent: number, hasBlank = false): void {
    this.write(`${hasBlank ? '\n' : ''}\n${' '.repeat(indent)}`);
  }

  /** `before` is the previous form on this level, `null` at the start. */
  separate(before: Form | null, form: Form, indent: number): void {
    if (before === null) return;
    const isTrailing = form.kind === 'comment' && before.kind !== 'comment' && form.at.line === before.endLine;
    if (isTrailing) this.write(' ');
    else this.breakTo(indent, form.hasBlankBefore);
  }

  form(form: Form, layout: Layout = 'open'): void {
    const onOneLine = layout === 'open' ? flat(form, lineWidth - this.column) : null;
    if (onOneLine !== null) return this.write(onOneLine);
    if (form.kind === 'discard') {
      this.write('#_');
      return this.form(form.form);
    }
    if (!isCollection(form)) return this.write(form.text);
    const { open, close } = brackets[form.kind];
    this.write(open);
    const indent = this.column;
    if (form.kind === 'map') this.entries(form.items, indent, layout);
    else if (form.kind === 'vector') this.items(form.items, indent);
    else this.call(form.items, indent);
    // A bracket after a comment would be part of it.
    if (form.items.at(-1)?.kind === 'comment') this.breakTo(indent);
    this.write(close);
  }

  private items(items: readonly Form[], indent: number): void {
    let before: Form | null = null;
    for (const item of items) {
      this.separate(before, item, indent);
      this.form(item);
      before = item;
    }
  }

  /** `(name argument …)`: the arguments are aligned below the first. */
  private call(items: readonly Form[], indent: number): void {
    const [head, argument, ...more] = items;
    if (head?.kind !== 'atom' || argument === undefined || argument.kind === 'comment')
      return this.items(items, indent);
    this.write(head.text);
    if (this.column >= deepestHang) return this.rest(head, [argument, ...more], indent + 1);
    this.write(' ');
    const hang = this.column;
    this.form(argument);
    this.rest(argument, more, hang);
  }

  private rest(before: Form, items: readonly Form[], indent: number): void {
    let last = before;
    for (const item of items) {
      this.separate(last, item, indent);
      this.form(item);
      last = item;
    }
  }

  /** Key and value on one line, comments and discards on lines of their own. */
  private entries(items: readonly Form[], indent: number, layout: Layout): void {
    let before: Form | null = null;
    let key: Form | null = null;
    for (const item of items) {
      const isForm = item.kind !== 'comment' && item.kind !== 'discard';
      if (key !== null && isForm) {
        const valueLayout: Layout = layout === 'top' && key.kind === 'atom' && listed.has(key.text) ? 'broken' : 'open';
        if (before === key) this.value(item, indent, valueLayout);
        else {
          this.separate(before, item, indent + 2);
          this.form(item, valueLayout);
        }
        key = null;
      } else {
        this.separate(before, item, key === null ? indent : indent + 2);
        this.form(item);
        if (isForm) key = item;
      }
      before = item;
    }
  }

  private value(value: Form, indent: number, layout: Layout): void {
    const isShort = layout === 'open' && flat(value, lineWidth - this.column - 1) !== null;
    const isFar = this.column >= deepestHang && isCollection(value);
    if (!isShort && isFar) this.breakTo(indent + 2);
    else this.write(' ');
    this.form(value, layout);
  }
}
