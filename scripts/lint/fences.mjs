// Which folder may import which: the process diagram of docs/architecture.md as lint rules.

/** Top-level folders of the product. Each is one process or thread, but for the two that they share. */
const processes = ['app', 'preload', 'main', 'vm', 'files', 'gateway', 'guest', 'bridge'];
const shared = ['schema', 'node'];
/** They look at whatever they measure, test or show, and nobody imports them. */
const around = ['e2e', 'bench', 'examples', 'scripts'];

/** These run in a page, where there is no Node. */
const withoutNode = ['app', 'preload', 'schema'];

/** Folders of main, bottom first: each imports those before it. */
export const mainLayers =
  'state-files settings diagnostics folders artifacts running-host workers approvals providers extensions tasks host shells'.split(
    ' ',
  );

/** The window and the terminal both use the page's files and server; they do not know each other.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const shellLayers = { web: [], electron: ['web'], terminal: ['web'] };

/** Layers of the page, bottom first, and its features in an order of their own. */
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
    patterns.push({ regex: '^(?!zod$|capnp-ts|\\.)', message: 'schema/ depends on zod and capnp-ts alone.' });
  if (folder === 'app') patterns.push({ regex: '^node:', message: 'The page has no Node.' });
  return { files: [`${folder}/**/*.{ts,tsx}`], patterns };
}

const electron = { regex: '^electron$', message: 'Only main/shells/electron/ and preload/ import electron.' };

/** @param {string} folder @param {readonly string[]} later @param {readonly string[]} order @param {string} at */
const layerFence = (folder, later, order, at) => ({
  files: [`${at}/${folder}/**/*.{ts,tsx}`],
  patterns: [
    {
      // One step up: further up there may be a folder of the same name.
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
      { regex: `${up}${oneOf(others)}/`, message: `main/shells/${shell}/ does not know ${others.join(', ')}.` },
    ],
  };
});

/** The product does not import what was made to test or to show it. */
const props = { regex: '^\\.{1,2}/(.*/)?(dev|test)/', message: 'Only tests and scenes import from test/ and dev/.' };

/**
 * Blocks for the ESLint configuration. ESLint knows a rule once for each file, so the fences of processes and those of
 * layers go by the two names that the same rule has.
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
