// Which folder may import which: the process diagram of docs/architecture.md as lint rules.

/** Top-level folders of the product. Each is one process or thread, except the two that they share. */
const processes = ['app', 'preload', 'main', 'vm', 'files', 'gateway', 'guest', 'bridge'];
const shared = ['schema', 'node'];
/** These folders may import whatever they measure, test or show. Nothing imports them. */
const around = ['e2e', 'bench', 'examples', 'scripts'];

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

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/test/**'];
const up = '^(\\.\\./)+';
const oneOf = (/** @type {readonly string[]} */ names) => `(${names.join('|')})`;

/** @param {string} folder */
function allowedBeside(folder) {
  if (folder === 'schema') return [];
  return withoutNode.includes(folder) ? ['schema'] : shared;
}

/** A top-level folder imports itself, schema/ and, where there is Node, node/. @param {string} folder */
function processFence(folder) {
  const allowed = allowedBeside(folder);
  const others = [...processes, ...shared, ...around].filter((other) => other !== folder && !allowed.includes(other));
  const names = [...allowed, folder].map((name) => `${name}/`).join(' and ');
  const patterns = [
    { regex: `${up}${oneOf(others)}/`, message: `${folder}/ imports ${names}, and no other top-level folder.` },
  ];
  if (folder === 'schema')
    patterns.push({ regex: '^(?!zod$|capnp-ts|\\.)', message: 'schema/ depends only on zod and capnp-ts.' });
  if (folder === 'app') patterns.push({ regex: '^node:', message: 'The page has no Node.' });
  return { files: [`${folder}/**/*.{ts,tsx}`], patterns };
}

const electron = { regex: '^electron$', message: 'Only main/shells/electron/ and preload/ import electron.' };

/** @param {string} folder @param {readonly string[]} later @param {readonly string[]} order @param {string} at */
const layerFence = (folder, later, order, at) => ({
  files: [`${at}/${folder}/**/*.{ts,tsx}`],
  patterns: [
    {
      // One step up: higher up there may be a folder of the same name.
      regex: `^\\.\\./${oneOf(later)}/`,
      message: `${at}/${folder}/ imports only what precedes it: ${order.join(' < ')}.`,
    },
  ],
});

/** @param {readonly string[]} order @param {string} at */
const layerFences = (order, at) =>
  order.slice(0, -1).map((folder, index) => layerFence(folder, order.slice(index + 1), order, at));

const shellFences = Object.entries(shellLayers).map(([shell, allowed]) => {
  const others = Object.keys(shellLayers).filter((other) => other !== shell && !allowed.includes(other));
  return {
    files: [`main/shells/${shell}/**/*.ts`],
    patterns: [
      { regex: `${up}${oneOf(others)}/`, message: `main/shells/${shell}/ doesn't import ${others.join(', ')}.` },
    ],
  };
});

/** The product doesn't import what exists to test or show it. */
const props = { regex: '^\\.{1,2}/(.*/)?(dev|test)/', message: 'Only tests and scenes import from test/ and dev/.' };

/**
 * Blocks for the ESLint configuration. ESLint applies each rule once per file, so process fences and layer fences use
 * the two names of the same rule.
 */
export const fences = [
  ...[...processes, ...shared].map(processFence).map(({ files, patterns }) => ({
    files,
    ignores: [...tests, 'app/vite.config.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [...patterns, electron] }] },
  })),
  ...['preload', 'main/shells/electron'].map((folder) => {
    const { patterns } = processFence(folder.split('/')[0] ?? '');
    return {
      files: [`${folder}/**/*.ts`],
      ignores: tests,
      rules: { 'no-restricted-imports': ['error', { patterns }] },
    };
  }),
  ...[
    ...layerFences(mainLayers, 'main'),
    ...shellFences,
    ...layerFences(appLayers, 'app'),
    ...layerFences(appFeatures, 'app/features'),
  ].map(({ files, patterns }) => ({
    files,
    ignores: tests,
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [...patterns, props] }] },
  })),
];
