/** Walks through plain data. Pure. */

/** Calls `visit` for every object in it, outer ones before inner ones. */
export function walk(value: unknown, visit: (part: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (typeof value === 'object' && value !== null) {
    visit(value as Readonly<Record<string, unknown>>);
    for (const part of Object.values(value)) walk(part, visit);
  }
}
