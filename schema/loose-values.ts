/** Readers of values chosen by a model, a provider, pi or an extension: they accept anything, and never throw. */

/** Characters of one text among the arguments of a tool call */
const argumentTextCap = 65_536;
/** Characters of all arguments of a tool call together */
const argumentsCap = 524_288;
const depthCap = 12;

/** Text as it is, a number or a boolean as text, and an empty text for anything else. */
export const readText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};

/** A text with at most this many characters. */
export const capText = (text: string, cap: number): string => (text.length > cap ? `${text.slice(0, cap - 1)}…` : text);

/** A part of a message or of a tool's result. */
export type Part = { readonly type: string } & Readonly<Record<string, unknown>>;

function readPart(value: unknown): Part[] {
  if (typeof value === 'string') return [{ type: 'text', text: value }];
  if (typeof value !== 'object' || value === null || !('type' in value)) return [];
  const { type } = value;
  if (typeof type !== 'string') return [];
  return [type === 'text' ? { ...value, type, text: 'text' in value ? readText(value.text) : '' } : { ...value, type }];
}

/** Text, or parts with a type each. */
export const readContent = (value: unknown): string | Part[] =>
  Array.isArray(value) ? value.flatMap(readPart) : readText(value);

/** The text in text or parts; images and other parts are named in brackets. */
export const contentText = (content: string | readonly Part[] | undefined): string => {
  if (content === undefined || typeof content === 'string') return content ?? '';
  return content.map((part) => ('text' in part ? readText(part['text']) : `[${part.type}]`)).join('');
};

/** A member with this name would change the object's prototype. */
const isPlainName = (name: string): boolean => name !== '__proto__';

/** The arguments of a tool call as an object, with long texts cut and values that are nested too deeply left out. */
export function readArguments(value: unknown): Record<string, unknown> {
  let left = argumentsCap;
  const take = (text: string): string => {
    const taken = capText(text, Math.max(1, Math.min(argumentTextCap, left)));
    left -= taken.length;
    return taken;
  };
  const read = (member: unknown, depth: number): unknown => {
    left -= 1;
    if (typeof member === 'string') return take(member);
    if (typeof member !== 'object' || member === null) return member;
    if (depth > depthCap || left <= 0) return '…';
    return Array.isArray(member) ? readList(member, depth) : readMembers(member, depth);
  };
  const readList = (list: readonly unknown[], depth: number): unknown[] => {
    const taken: unknown[] = [];
    for (const member of list) {
      if (left <= 0) break;
      taken.push(read(member, depth + 1));
    }
    return taken;
  };
  const readMembers = (members: object, depth: number): Record<string, unknown> => {
    const taken: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(members)) {
      if (left <= 0) break;
      if (isPlainName(name)) taken[take(name)] = read(member, depth + 1);
    }
    return taken;
  };
  if (value === undefined || value === null) return {};
  return typeof value === 'object' && !Array.isArray(value) ? readMembers(value, 0) : { value: read(value, 0) };
}
