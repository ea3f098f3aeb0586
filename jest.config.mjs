/** ESM-only packages are transformed too, so that tests can import whatever the bundles import. */
const transform = {
  '^.+\\.(t|j|mj)sx?$': ['@swc/jest', { jsc: { target: 'es2022', transform: { react: { runtime: 'automatic' } } } }],
};

/** @type {import('jest').Config} */
export default {
  // Many tests drive a whole page, real processes or a disk: on a busy computer, jest's 5 seconds are too few for them. A
  // test that hangs still fails.
  testTimeout: 60_000,
  projects: [
    {
      displayName: 'node',
      testEnvironment: 'node',
      roots: [...['schema', 'node', 'main', 'vm', 'files', 'gateway'], ...['guest', 'bridge', 'bench', 'examples']].map(
        (folder) => `<rootDir>/${folder}`,
      ),
      testMatch: ['**/*.test.ts'],
      transform,
      transformIgnorePatterns: [],
    },
    {
      displayName: 'jsdom',
      testEnvironment: 'jsdom',
      roots: ['<rootDir>/app'],
      testMatch: ['**/*.test.ts', '**/*.test.tsx'],
      transform,
      transformIgnorePatterns: [],
      setupFilesAfterEnv: ['<rootDir>/app/test/to-be-visible.ts'],
      moduleNameMapper: { '\\.css$': '<rootDir>/app/test/empty-style.js' },
    },
  ],
};
