// What is known to differ on the mount, and why. See docs/files.md.

/** @typedef {{ suite: string, tests: RegExp, reason: string }} Known */

/** @type {readonly Known[]} */
export const known = [{ suite: 'python', tests: /ExtendedAttributeTests/, reason: 'extended attributes: EOPNOTSUPP' }];

/** Why a test may do worse on the mount; `null` when nothing is known. @param {string} suite @param {string} test */
export function whyKnown(suite, test) {
  return known.find((each) => each.suite === suite && each.tests.test(test))?.reason ?? null;
}
