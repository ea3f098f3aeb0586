/** ESM-only packages are transformed too, so that a test may import whatever the bundles import. */
const transform = {
  '^.+\\.(t|j|mj)sx?$': ['@swc/jest', { jsc: { target: 'es2022', transform: { react: { runtime: 'automatic' } } } }],
};

/** @type {import('jest').Config} */
export default {
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
