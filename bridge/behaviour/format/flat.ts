/** A form on one line. Pure. */
import { brackets, type Form } from '../edn/form';

/** The form on one line of at most `room` characters; `null` when that isn't possible. */
export function flat(form: Form, room: number): string | null {
  if (room <= 0) return null;
  switch (form.kind) {
    case 'comment':
      return null;
    case 'atom':
      return form.text.length > room ? null : form.text;
    case 'string':
      return form.text.length > room || form.text.includes('\n') ? null : form.text;
    case 'discard': {
      const inner = flat(form.form, room - 2);
      return inner === null ? null : `#_${inner}`;
    }
    case 'list':
    case 'vector':
    case 'map': {
      const { open, close } = brackets[form.kind];
      let text: string = open;
      for (const item of form.items) {
        const inner = flat(item, room - text.length - 1);
        if (inner === null) return null;
        text += `${text === open ? '' : ' '}${inner}`;
      }
      return text.length + 1 > room ? null : text + close;
    }
  }
}
