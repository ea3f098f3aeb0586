// What a suite says on the mount, beside what it says on the control. Pure.

/** @typedef {'passed' | 'failed' | 'skipped'} Outcome */
/** @typedef {{ test: string, outcome: Outcome, reason: string }} Result */
/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ test: string, control: Outcome | 'missing', mount: Outcome | 'missing', reason: string }} Difference */

/** @param {string} text JSON lines of one place; a torn last line is dropped @returns {Result[]} */
export function readResults(text) {
  /** @type {Map<string, Result>} */
  const byTest = new Map();
  for (const line of text.split('\n')) {
    const row = parsed(line);
    if (typeof row?.test !== 'string') continue;
    // A test that reports twice failed in its cleanup.
    const before = byTest.get(row.test);
    if (before?.outcome !== 'failed') byTest.set(row.test, row);
  }
  return [...byTest.values()];
}

/** @param {string} line */
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** @param {readonly Result[]} results @returns {Counts} */
export function count(results) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

/**
 * Tests that end differently on the mount; what fails at both isn't the mount's fault.
 *
 * @param {readonly Result[]} control
 * @param {readonly Result[]} mount
 * @returns {Difference[]}
 */
export function differences(control, mount) {
  const there = new Map(control.map((result) => [result.test, result]));
  const here = new Map(mount.map((result) => [result.test, result]));
  const names = [...new Set([...there.keys(), ...here.keys()])];
  return names.flatMap((test) => {
    const [before, now] = [there.get(test), here.get(test)];
    if (before?.outcome === now?.outcome) return [];
    const reason = (now?.outcome === 'passed' ? before?.reason : now?.reason) ?? '';
    return [{ test, control: before?.outcome ?? 'missing', mount: now?.outcome ?? 'missing', reason }];
  });
}

/** Whether the mount does worse than the control. @param {Difference} difference */
export const isWorse = ({ control, mount }) => control === 'passed' && mount !== 'passed';
