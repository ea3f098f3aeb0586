// Which foreign suites run, in which parts.

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} from where it comes from
 * @property {readonly string[]} parts what is run and counted separately
 * @property {number} secondsPerPart the longest that one part may take, at one place
 */

/** @type {readonly Suite[]} */
export const suites = [
  {
    name: 'python',
    from: "CPython's tests, from Debian's libpython3.13-testsuite",
    parts: ['test_shutil', 'test_tempfile'],
    secondsPerPart: 900,
  },
];
