// Which folder may import which: the process diagram of docs/architecture.md as a lint rule. It looks at the file that
// an import reaches, so every spelling and every kind of import counts: types, re-exports, import(), require.
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { visitImports } from './visit-imports.mjs';

/** Top-level folders of the product. Each is one process or thread, except the two that they share. */
const processes = ['app', 'preload', 'main', 'vm', 'files', 'gateway', 'guest', 'bridge'];
const shared = ['schema', 'node'];
export const product = [...processes, ...shared];
/** These folders may import whatever they measure, test or show. Nothing imports them. */
export const around = ['e2e', 'bench', 'examples', 'scripts'];

/** These run in a page, where there is no Node. */
const withoutNode = ['app', 'preload', 'schema'];

/** Folders of main, bottom first: each imports those before it. */
export const mainLayers =
  'state-files settings diagnostics folders artifacts running-host workers approvals providers extensions tasks host shells'.split(
    ' ',
  );

/**
 *  The window and the terminal both use the page's files and server; they don't import each other.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const shellLayers = { web: [], electron: ['web'], terminal: ['web'] };

/** Layers of the page, bottom first, and its features in their own order. */
export const appLayers = ['ui', 'store', 'connection', 'features'];
export const appFeatures =
  'state window connection workspace models questions artifacts approvals settings changes notices conversation tasks palette shell'.split(
    ' ',
  );

/**
 * Files that compute which module they import, and which one it is.
 *
 * @type {Readonly<Record<string, string>>}
 */
const computedImports = { 'guest/taskd/pi/parking.ts': "pi's own program, in the pack" };

/** Folders whose subfolders are layers. */
const layered = [
  { at: 'main', order: mainLayers },
  { at: 'app', order: appLayers },
  { at: 'app/features', order: appFeatures },
];

/** The folder of `path` directly below `at`. @param {string} path @param {string} at */
const folderBelow = (path, at) => (path.startsWith(`${at}/`) ? path.slice(at.length + 1).split('/')[0] : undefined);

/** @param {string} path */
const topOf = (path) => path.split('/')[0] ?? '';

/** A top-level folder imports itself, schema/ and, where there is Node, node/. @param {string} from @param {string} to */
function processProblem(from, to) {
  const folder = topOf(from);
  const allowed = folder === 'schema' ? [] : withoutNode.includes(folder) ? ['schema'] : shared;
  const names = [...new Set([...allowed, folder])];
  if (names.includes(topOf(to))) return undefined;
  return `${folder}/ imports ${names.map((name) => `${name}/`).join(' and ')}, and no other top-level folder.`;
}

/** @param {string} from @param {string} to */
function layerProblem(from, to) {
  for (const { at, order } of layered) {
    const importer = order.indexOf(folderBelow(from, at) ?? '');
    const imported = order.indexOf(folderBelow(to, at) ?? '');
    if (importer !== -1 && imported > importer)
      return `${at}/${order[importer]}/ imports only what precedes it: ${order.join(' < ')}.`;
  }
  return undefined;
}

/** @param {string} from @param {string} to */
function shellProblem(from, to) {
  const importer = folderBelow(from, 'main/shells');
  const imported = folderBelow(to, 'main/shells');
  if (importer === undefined || imported === undefined || importer === imported) return undefined;
  if (shellLayers[importer]?.includes(imported)) return undefined;
  return `main/shells/${importer}/ doesn't import main/shells/${imported}/.`;
}

/** The product doesn't import what exists to test or show it. @param {string} from @param {string} to */
function propProblem(from, to) {
  const isProp = /(^|\/)(dev|test)\//;
  return isProp.test(to) && !isProp.test(from) ? 'Only tests and scenes import from test/ and dev/.' : undefined;
}

/** @param {string} from @param {string} name */
function packageProblem(from, name) {
  const folder = topOf(from);
  if (name === 'electron' && !/^(preload|main\/shells\/electron)\//.test(from))
    return 'Only main/shells/electron/ and preload/ import electron.';
  if (folder === 'schema' && name !== 'zod' && !/^capnp-ts(\/|$)/.test(name))
    return 'schema/ depends only on zod and capnp-ts.';
  return withoutNode.includes(folder) && isBuiltin(name) ? `${folder}/ runs in a page, which has no Node.` : undefined;
}

/**
 * What is wrong with an import.
 *
 * @param {string} from the importing file, from the root of the repository, with `/`
 * @param {string} specifier
 * @returns {string | undefined}
 */
export function fenceProblem(from, specifier) {
  if (specifier.startsWith('/') || specifier.startsWith('file:')) return 'Name a file by a relative path.';
  if (!specifier.startsWith('.')) return packageProblem(from, specifier);
  const to = join(dirname(from), specifier).replaceAll('\\', '/');
  return processProblem(from, to) ?? layerProblem(from, to) ?? shellProblem(from, to) ?? propProblem(from, to);
}

/** @type {import('eslint').Rule.RuleModule} */
const rule = {
  create: (context) => {
    const from = relative(context.cwd, context.filename).split(sep).join('/');
    return visitImports((node, specifier) => {
      if (specifier === undefined && from in computedImports) return;
      const message =
        specifier === undefined
          ? 'Name the module by a plain string, so that the fences can check it.'
          : fenceProblem(from, specifier);
      if (message !== undefined) context.report({ node, message });
    });
  },
};

/** Blocks for the ESLint configuration. */
export const fences = [
  {
    files: [`{${product.join(',')}}/**/*.{ts,tsx,mts,cts,js,mjs,cjs}`],
    ignores: ['**/*.test.ts', '**/*.test.tsx', '**/test/**', 'app/vite.config.ts'],
    plugins: { fences: { rules: { crossing: rule } } },
    rules: { 'fences/crossing': 'error' },
  },
];
