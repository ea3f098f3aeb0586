/**
 * The proxy inside the real pi, with a scripted model and a scripted bridge. Covers each arm of the contract at least
 * once.
 */
import { trialHost } from './test/real-pi/host-trials';
import { trialPerson } from './test/real-pi/person-trials';
import { trialRuns } from './test/real-pi/run-trials';
import { trialSessions } from './test/real-pi/session-trials';
import { trialTools } from './test/real-pi/tool-trials';
import { found, setTrialStage } from './test/real-pi/trial-stage';

if ('missing' in found) console.log(`The proxy is not tried with the real pi: ${found.missing}.`);
const describeWithPi = 'missing' in found ? describe.skip : describe;

describeWithPi('the proxy in the real pi', () => {
  jest.setTimeout(60_000);
  const stage = setTrialStage();

  // Order matters: they share one pi, and the last trial ends it.
  trialRuns(stage);
  trialTools(stage);
  trialPerson(stage);
  trialHost(stage);
  trialSessions(stage);

  test("every arm was seen, except those that pi can't do", () => {
    process.stdout.write(`${stage.coverage.table()}\n`);
    expect(stage.coverage.mistakes()).toEqual({ missing: [], needless: [], undeclared: [] });
  });
});
