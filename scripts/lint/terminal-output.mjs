// Raw text of the agent, a server or a file name must not reach the person's terminal. So only print.ts writes there,
// and terminal.ts, which asks questions through it.

const message = 'Print with main/shells/terminal/print.ts, which lets only visible text through.';

/** Blocks for the ESLint configuration. */
export const terminalOutput = [
  {
    files: ['main/**/*.ts', 'bridge/cli/*.ts'],
    ignores: ['**/*.test.ts', '**/test/**', 'main/shells/terminal/{print,terminal}.ts', 'bridge/cli/main.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'stdout', message },
        { object: 'process', property: 'stderr', message },
      ],
    },
  },
];
