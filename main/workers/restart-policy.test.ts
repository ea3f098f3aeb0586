import { vmFailureReason } from '../../schema/vm-api';
import { RestartPolicy } from './restart-policy';

test('a crash is followed by a restart, three times in ten minutes', () => {
  let now = 0;
  const policy = new RestartPolicy(() => now);
  const minute = 60_000;
  const answers = [0, 1, 2, 3, 9, 10, 10.5, 11].map((at) => {
    now = at * minute;
    return policy.mayRestart('crashed');
  });
  expect(answers).toEqual([true, true, true, false, false, true, false, true]);
});

test("what is missing or broken isn't retried by itself, nor counted", () => {
  const policy = new RestartPolicy(() => 0);
  const again = vmFailureReason.options.filter((reason) => policy.mayRestart(reason));
  expect(again).toEqual(['crashed', 'worker_died']);
  expect([policy.mayRestart('crashed'), policy.mayRestart('crashed')]).toEqual([true, false]);
});
