/** Maps with known keys: `timeoutMs` in the code is `:timeout-ms` in the file. */
import type { EdnNode } from '../edn/node';
import { suggestion } from '../source/suggest';
import { asMap, type Reader, type Report } from './reader';

interface Field<T> {
  readonly read: Reader<T>;
  readonly isRequired: boolean;
  /** The value when the key is missing */
  readonly fallback: () => T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

export type RecordOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A required key. */
export function required<T>(read: Reader<T>): Field<T> {
  const fallback = (): never => {
    throw new Error('a required key has no fallback');
  };
  return { read, isRequired: true, fallback };
}

/** An optional key; `null` when it is missing. */
export function optional<T>(read: Reader<T>): Field<T | null> {
  return { read, isRequired: false, fallback: () => null };
}

/** An optional key with a default. */
export function withDefault<T>(read: Reader<T>, value: T): Field<T> {
  return { read, isRequired: false, fallback: () => value };
}

/** `timeoutMs` → `timeout-ms`; names that begin with a capital letter don't change. */
export function keyOf(property: string): string {
  if (/^[A-Z]/.test(property)) return property;
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Reads a map with exactly these keys; messages call it `what`. */
export function record<F extends Fields>(what: string, fields: F): Reader<RecordOf<F>> {
  return (node, report) => readRecord(node, what, fields, report);
}

/** Like `record`, but reads directly instead of returning a reader. */
export function readRecord<F extends Fields>(
  node: EdnNode,
  what: string,
  fields: F,
  report: Report,
): RecordOf<F> | undefined {
  const { read, isWell } = readKeys(node, what, fields, report);
  return isWell ? read : undefined;
}

/** The keys that could be read, none of them required. The others count as missing and were reported. */
export function readableKeys<F extends Fields>(node: EdnNode, what: string, fields: F, report: Report): RecordOf<F> {
  return readKeys(node, what, fields, report).read;
}

function readKeys<F extends Fields>(
  node: EdnNode,
  what: string,
  fields: F,
  report: Report,
): { readonly read: RecordOf<F>; readonly isWell: boolean } {
  const map = asMap(node, `${what}, a map { … }`, report) ?? { at: node.at, entries: [] };
  const byKey = new Map(Object.keys(fields).map((property) => [keyOf(property), property]));
  const found = new Map<string, EdnNode>();
  let isWell = node.kind === 'map';
  for (const { key, value } of map.entries) {
    const property = key.kind === 'keyword' ? byKey.get(key.name) : undefined;
    if (property !== undefined) found.set(property, value);
    else {
      isWell = false;
      const known = [...byKey.keys()].map((name) => `:${name}`);
      if (key.kind === 'keyword') {
        report(key.at, `unknown key :${key.name} in ${what}; ${suggestion(`:${key.name}`, known)}`);
      } else report(key.at, `the keys of ${what} are keywords, such as ${known[0] ?? ':name'}`);
    }
  }
  const read: Record<string, unknown> = {};
  for (const [property, field] of Object.entries(fields)) {
    const value = found.get(property);
    if (value === undefined) {
      if (field.isRequired) {
        // If it isn't a map, don't report missing keys too.
        if (isWell || node.kind === 'map') report(map.at, `${what} needs :${keyOf(property)}`);
        isWell = false;
      } else read[property] = field.fallback();
      continue;
    }
    const known = field.read(value, report);
    if (known === undefined) isWell = false;
    read[property] = known ?? (field.isRequired ? undefined : field.fallback());
  }
  // Each property was read by its own field's reader.
  return { read: read as RecordOf<F>, isWell };
}
