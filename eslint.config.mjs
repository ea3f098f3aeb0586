import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const folders = ['schema', 'main', 'preload', 'guest', 'bridge', 'app', 'e2e', 'bench', 'examples'];

/** A top-level folder imports itself and schema/; bench, e2e and examples may look at anything they measure, test or show. */
const fences = ['schema', 'main', 'preload', 'guest', 'bridge', 'app'].map((folder) => {
  const others = folders.filter((other) => other !== folder && other !== 'schema');
  const patterns = [
    {
      regex: `^(\\.\\./)+(${others.join('|')})/`,
      message: `${folder}/ may import schema/ and itself, no other folder.`,
    },
  ];
  if (folder === 'schema') {
    patterns.push({ regex: '^(?!zod$|capnp-ts|\\.)', message: 'schema/ depends on zod and capnp-ts alone.' });
  }
  if (folder === 'app') patterns.push({ regex: '^node:', message: 'The renderer has no Node.' });
  if (folder !== 'preload') {
    patterns.push({ regex: '^electron$', message: 'Only main/shells/electron and preload import electron.' });
  }
  return {
    files: [`${folder}/**/*.{ts,tsx}`],
    ignores: ['main/shells/electron/**', '**/*.test.ts', '**/*.test.tsx', 'app/vite.config.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
});

/** In app a folder imports those before it in its list; `features` has a list of its own. */
const appLayers = ['ui', 'store', 'connection', 'features'];
const appFeatures =
  'state window connection workspace models questions files approvals settings changes notices conversation tasks palette shell';

const appFence = (folder, order) => {
  const later = order.slice(order.indexOf(folder.split('/').at(-1)) + 1);
  const message = `app/${folder}/ imports only what precedes it: ${order.join(' < ')}.`;
  const patterns = [
    { regex: `^\\.\\./(${later.join('|')})/`, message },
    { regex: '^(\\.\\./)+(dev|test)/', message: 'Only tests and app/dev/ import app/dev/ and app/test/.' },
  ];
  return {
    files: [`app/${folder}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
};
const appFences = [
  ...appLayers.slice(0, -1).map((folder) => appFence(folder, appLayers)),
  ...appFeatures.split(' ').map((name, _index, order) => appFence(`features/${name}`, order)),
];

export default tseslint.config(
  { ignores: ['dist/**', 'schema/generated/**', 'test-results/**'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.node.json', 'tsconfig.pages.json', 'app/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A schema keyed by any string is a record whose members may be missing.
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  ...fences,
  ...appFences,
  { files: ['app/**/*.tsx'], ...reactHooks.configs.flat.recommended },
  {
    files: ['**/*.test.{ts,tsx}'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['scripts/**/*.mjs', '*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        performance: 'readonly',
      },
    },
  },
);
