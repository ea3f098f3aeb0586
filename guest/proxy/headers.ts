/** HTTP headers, without the keys in them. */
import type { Header } from '../../schema/generated/pi-api';

const secretName = /auth|key|token|secret|cookie|credential|signature|password/i;

/** Whether a header or a setting with this name may contain a key. */
const isSecretName = (name: string): boolean => secretName.test(name);

export const toHeaders = (headers: Readonly<Record<string, string | null>>): Header[] =>
  Object.entries(headers).map(([name, value]) => ({
    name,
    value: isSecretName(name) ? '' : (value ?? undefined),
  }));

/** Sets and removes headers in place, as pi expects. Headers with keys don't change. */
export function changeHeaders(headers: Record<string, string | null>, changes: readonly Header[]): void {
  for (const { name, value } of changes) {
    if (isSecretName(name)) continue;
    // The same header may be there in a different case.
    const known = Object.keys(headers).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    headers[known] = value ?? null;
  }
}

/** A copy without the members whose names suggest a key. Pure. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (isSecretName(name) ? [] : [[name, withoutSecrets(member)]])),
  );
}
