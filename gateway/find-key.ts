/**
 * Finds a key in a provider's answer, wherever the chunks are cut: as it is, in hex, in base64 at any alignment, and
 * each of them with JSON or URL escapes. docs/threat-model.md says what it can't find.
 */
import { isRecognisable } from './recognisable-key';
import { undoEscapes } from './undo-escapes';

export interface KeyPlace {
  readonly from: number;
  readonly to: number;
}

export interface Search {
  /** In order, without overlaps */
  readonly places: readonly KeyPlace[];
  /** Everything after this may be the beginning of the key */
  readonly clearTo: number;
}

export interface KeyFinder {
  /** Searches Latin-1 text, one character per byte. */
  search(data: string): Search;
}

/** The base64 characters that depend only on the key, when `offset` bytes come before it. */
function base64At(key: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), key]).toString('base64');
  return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + key.length) * 4) / 3));
}

/** Every form of the key to search for; escapes are already undone. */
function formsOf(keyText: string): readonly string[] {
  const key = Buffer.from(keyText);
  const hex = key.toString('hex');
  const base64 = [0, 1, 2].map((offset) => base64At(key, offset));
  const base64Url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  const plain = undoEscapes(key.toString('latin1')).text;
  return [...new Set([plain, hex, hex.toUpperCase(), ...base64, ...base64Url])];
}

/** Where the end of `text` may be the beginning of `form`; the length of `text` when it isn't. */
function beginningOf(form: string, text: string): number {
  const first = form.charAt(0);
  let at = text.indexOf(first, Math.max(0, text.length - form.length + 1));
  while (at !== -1 && !form.startsWith(text.slice(at))) at = text.indexOf(first, at + 1);
  return at === -1 ? text.length : at;
}

function placesOf(forms: readonly string[], text: string): readonly KeyPlace[] {
  const all = forms.flatMap((form) => {
    const places: KeyPlace[] = [];
    for (let from = text.indexOf(form); from !== -1; from = text.indexOf(form, from + form.length)) {
      places.push({ from, to: from + form.length });
    }
    return places;
  });
  const ordered = all.sort((a, b) => a.from - b.from);
  return ordered.filter(({ from }, index) => index === 0 || from >= (ordered[index - 1]?.to ?? 0));
}

/** A finder for a key, or `null` when there is none or it could be a word. */
export function createKeyFinder(key: string | null): KeyFinder | null {
  if (key === null || !isRecognisable(key)) return null;
  const forms = formsOf(key);
  return {
    search: (data) => {
      const { text, rawAt } = undoEscapes(data);
      const places = placesOf(forms, text).map(({ from, to }) => ({ from: rawAt(from), to: rawAt(to) }));
      const clearTo = rawAt(Math.min(...forms.map((form) => beginningOf(form, text))));
      return { places, clearTo: Math.max(clearTo, places.at(-1)?.to ?? 0) };
    },
  };
}
