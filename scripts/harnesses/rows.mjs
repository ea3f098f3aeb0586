// The checks for each side of the trial, and what a side may lose, with the reason.

/** @typedef {import('./evidence.mjs').Evidence} Evidence */
/** @typedef {import('./evidence.mjs').JournalLine} JournalLine */
/** @typedef {'pi' | 'vtcode-acp' | 'vtcode-tui'} Side */

/** @param {Evidence} evidence @param {string} text */
const says = ({ requests }, text) => requests.some((request) => request.includes(text));
/** @param {Evidence} evidence @param {string} text */
const lastSays = ({ requests }, text) => requests.at(-1)?.includes(text) === true;
/** @param {Evidence} evidence @param {string} rule */
const verdictOf = ({ journal }, rule) => journal.find(({ rules }) => rules.includes(rule));

const reason = 'Pushing is done by hand here.';

/**
 * What is checked, whether it is true, and for sides that lose it, what must be true instead.
 *
 * @typedef {{ what: string, holds: (evidence: Evidence) => boolean,
 *   losses?: Partial<Record<Side, { why: string, holds: (evidence: Evidence) => boolean }>> }} TrialRow
 */

/** @type {readonly TrialRow[]} */
export const rows = [
  {
    what: 'a rule blocks a tool',
    holds: (one) => !('pushed.txt' in one.files) && verdictOf(one, 'blocked')?.verdict === 'block',
  },
  {
    what: 'the model reads the reason in the same run',
    holds: ({ requests }) => requests[1]?.includes(reason) === true,
    losses: {
      'vtcode-acp': {
        why: 'an answer to a permission has no text; the reason comes with the next prompt',
        holds: (one) => !one.requests[1]?.includes(reason) && lastSays(one, reason),
      },
    },
  },
  { what: 'a tool is allowed and runs', holds: ({ files }) => files['made.txt'] === 'made-by-tool\n' },
  {
    what: 'arguments are changed',
    holds: ({ files }) => files['patched.txt'] === 'patched\n' && !('original.txt' in files),
    losses: {
      'vtcode-acp': {
        why: "a permission can't change arguments; the call is denied, because it must not run unchanged",
        holds: ({ files }) => !('patched.txt' in files) && !('original.txt' in files),
      },
    },
  },
  {
    what: 'a dialog is answered',
    holds: ({ files, dialogs }) => files['asked.txt'] === 'asked\n' && dialogs.length === 1,
    losses: {
      'vtcode-tui': {
        why: "a hook can't ask; the question is denied",
        holds: (one) => !('asked.txt' in one.files) && verdictOf(one, 'asked')?.verdict === 'block',
      },
    },
  },
  {
    what: 'a custom tool is called',
    holds: (one) => says(one, 'words of a b c d: four'),
    losses: {
      'vtcode-acp': {
        why: 'VTCode starts no MCP server over ACP',
        holds: (one) =>
          !says(one, 'words of a b c d: four') &&
          one.logged.some((line) => line.includes('no place for the tool word_count')),
      },
    },
  },
  {
    what: 'context is added to a prompt',
    holds: ({ requests }) => requests[0]?.includes('Context of the rules.') === true,
  },
  {
    what: "a tool's result is added to",
    holds: (one) => says(one, 'A hint of the rules.'),
    losses: {
      'vtcode-acp': {
        why: 'results are reported after the model has them; refused with a reason',
        holds: (one) =>
          !says(one, 'A hint of the rules.') && one.logged.some((line) => line.includes("can't change the result")),
      },
    },
  },
  { what: 'a rule continues a run', holds: ({ files }) => files['again.txt'] === 'again\n' },
  { what: 'a status is shown', holds: ({ statuses }) => statuses.includes('trial is on') },
  { what: 'a notice is shown', holds: ({ notices }) => notices.includes('The rules say it is finished.') },
];

/**
 * How a side's journal may differ: in nothing else.
 *
 * @type {Partial<Record<Side, (line: JournalLine) => JournalLine | null>>}
 */
const declared = {
  'vtcode-tui': (line) => (line.rules.includes('asked') ? null : line),
};

/** @param {readonly JournalLine[]} journal @param {Side} side */
const comparable = (journal, side) => journal.map(declared[side] ?? ((same) => same)).filter((line) => line !== null);

/**
 * The first line in which the journals differ, apart from the declared differences.
 *
 * @param {Evidence} pi
 * @param {Evidence} other
 * @param {Side} side
 * @returns {string | null} nothing when they agree
 */
export function firstDifference(pi, other, side) {
  const lines = (/** @type {Evidence} */ { journal }) => comparable(journal, side).map((line) => JSON.stringify(line));
  const [expected, found] = [lines(pi), lines(other)];
  const at = Array.from({ length: Math.max(expected.length, found.length) }).findIndex(
    (_, index) => expected[index] !== found[index],
  );
  return at === -1 ? null : `line ${at + 1}: pi ${expected[at] ?? 'has none'}, ${side} ${found[at] ?? 'has none'}`;
}
