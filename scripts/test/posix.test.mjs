import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyKnown } from '../posix/known.mjs';
import { count, differences, isWorse, readResults } from '../posix/compare.mjs';

const line = (/** @type {string} */ name, /** @type {string} */ outcome, reason = '') =>
  `${JSON.stringify({ test: name, outcome, reason })}\n`;

test('counts each test once; one that failed after it passed has failed', () => {
  const text = `${line('a', 'passed')}${line('b', 'passed')}${line('b', 'failed', 'in its cleanup')}${line('b', 'passed')}`;
  const results = readResults(`${text}{"part":"x","seconds":1}\n{"test":"torn`);
  assert.deepEqual(count(results), { passed: 1, failed: 1, skipped: 0 });
  assert.equal(results[1]?.reason, 'in its cleanup');
});

test('tells what differs from the control, and which of it is worse', () => {
  const control = readResults(line('same', 'failed', 'x') + line('worse', 'passed') + line('better', 'failed', 'no'));
  const mount = readResults(
    line('same', 'failed', 'y') + line('worse', 'skipped', 'no fifo') + line('better', 'passed'),
  );
  const different = differences(control, mount);
  assert.deepEqual(different, [
    { test: 'worse', control: 'passed', mount: 'skipped', reason: 'no fifo' },
    { test: 'better', control: 'failed', mount: 'passed', reason: 'no' },
  ]);
  assert.deepEqual(
    different.filter(isWorse).map((each) => each.test),
    ['worse'],
  );
});

test('a test that the mount never reported is worse', () => {
  const [missing] = differences(readResults(line('lost', 'passed')), []);
  assert.deepEqual(missing, { test: 'lost', control: 'passed', mount: 'missing', reason: '' });
  assert.ok(missing && isWorse(missing));
});

test('what is known to differ has a reason, and only that', () => {
  assert.equal(whyKnown('python', 'test.test_os.ExtendedAttributeTests.test_fds'), 'extended attributes: EOPNOTSUPP');
  assert.equal(whyKnown('python', 'test.test_os.FileTests.test_read'), null);
  assert.equal(whyKnown('fsx', 'ExtendedAttributeTests'), null);
});
