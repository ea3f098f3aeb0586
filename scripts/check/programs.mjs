/**
 * The TypeScript programs of the repository. Each file belongs to one of them, which checks it. They are fewer than
 * folders, because each reads again what it imports from the others.
 *
 * @type {ReadonlyArray<{ name: string, config: string }>}
 */
export const programs = [
  { name: 'everything that runs in Node', config: 'tsconfig.node.json' },
  { name: 'the page', config: 'app/tsconfig.json' },
  { name: 'preload and end-to-end tests', config: 'tsconfig.pages.json' },
  { name: 'scripts', config: 'scripts/tsconfig.json' },
];
