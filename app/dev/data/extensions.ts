import type { Extension } from '../../../schema/extensions';

/** One that works, one that is off, one with a mistake. */
export const fakeExtensions: readonly Extension[] = [
  { name: 'no-secrets', main: 'no-secrets.edn', isOn: true, summary: '2 rules', problems: [] },
  { name: 'word-count', main: 'word-count/main.edn', isOn: false, summary: '1 tool, 1 command', problems: [] },
  {
    name: 'mine',
    main: 'mine.edn',
    isOn: true,
    summary: null,
    problems: ['mine.edn:3:14: there is no event :tool-cal; did you mean :tool-call?'],
  },
];
