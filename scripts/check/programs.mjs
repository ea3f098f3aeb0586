/**
 * The TypeScript programs of the repository. Fewer than folders, because each program checks its imports from the
 * others again.
 *
 * @type {ReadonlyArray<{ name: string, config: string }>}
 */
export const programs = [
  { name: 'everything that runs in Node', config: 'tsconfig.node.json' },
  { name: 'the page', config: 'app/tsconfig.json' },
  { name: 'preload and end-to-end tests', config: 'tsconfig.pages.json' },
  { name: 'scripts', config: 'scripts/tsconfig.json' },
];
