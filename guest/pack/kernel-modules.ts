/** What `modules.builtin` and the module files say, as module names with underscores. */
export type ModuleIndex = {
  builtin: ReadonlySet<string>;
  /** Module name → path of its `.ko.xz`, relative to the modules folder */
  files: ReadonlyMap<string, string>;
};

/** The name modprobe would use: no folder, no extension, underscores. */
export function moduleName(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.replace(/\.ko(\.\w+)?$/, '').replaceAll('-', '_');
}

/** Names of the modules that a decompressed module needs loaded first, from its `.modinfo` section. */
export function moduleDependencies(module: Buffer): string[] {
  const key = Buffer.from('\0depends=');
  const start = module.indexOf(key);
  if (start === -1) return [];
  const valueStart = start + key.length;
  const value = module.subarray(valueStart, module.indexOf(0, valueStart)).toString();
  return value === '' ? [] : value.split(',').map((name) => name.replaceAll('-', '_'));
}

/**
 * `wanted` and everything they need, each after its own dependencies, without those built into the kernel.
 *
 * Rejects when a name is neither built in nor a file of this kernel.
 */
export async function loadOrder(
  wanted: readonly string[],
  index: ModuleIndex,
  dependenciesOf: (path: string) => Promise<string[]>,
): Promise<string[]> {
  const ordered: string[] = [];
  const visit = async (name: string): Promise<void> => {
    if (index.builtin.has(name) || ordered.includes(name)) return;
    const path = index.files.get(name);
    if (path === undefined) throw new Error(`This kernel has no module ${name}, neither built in nor as a file.`);
    for (const dependency of await dependenciesOf(path)) await visit(dependency);
    ordered.push(name);
  };
  for (const name of wanted) await visit(name);
  return ordered;
}
