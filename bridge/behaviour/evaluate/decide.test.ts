import { behaviourOf, rulesOf } from '../test-behaviour';
import { decide } from './decide';
import { factsOf, type Facts } from './facts';
import { next, type Step } from './next';

const call = (command: string, more: Partial<Facts> = {}): Facts =>
  factsOf({ event: 'tool-call', fields: { tool: 'bash', input: { command } }, ...more });

async function start(rules: string, facts: Facts): Promise<Step> {
  const { table } = await rulesOf(rules);
  return next(decide(table, facts).plan);
}

const outcome = (step: Step) => {
  if (step.kind !== 'done') throw new Error('not done');
  return step.outcome;
};

const guard = `
{:event :tool-call :tool "bash" :when {:input.command {:matches "rm\\\\s+-rf"}}
 :do (confirm {:title "Dangerous" :message "Run {input.command}?" :timeout-ms 30000})
 :else (block {:reason "denied: {answer}"})}`;

describe('deciding', () => {
  test('an event without rules continues unchanged', async () => {
    const step = await start(guard, call('ls'));
    expect(step).toMatchObject({ kind: 'done', effects: [], outcome: { verdict: 'none' } });
  });

  test('a question waits for its answer; yes lets the call continue, no runs :else', async () => {
    const step = await start(guard, call('rm -rf build'));
    if (step.kind !== 'asks') throw new Error('asks nothing');
    expect(step.request).toEqual({
      kind: 'confirm',
      title: 'Dangerous',
      message: 'Run rm -rf build?',
      timeoutMs: 30_000,
    });
    expect(outcome(next(step.plan, { kind: 'confirm', isConfirmed: true })).verdict).toBe('none');
    const refused = outcome(next(step.plan, { kind: 'none', why: 'timed-out', reason: '' }));
    expect(refused).toMatchObject({
      verdict: 'block',
      reason: 'denied: Nobody answered in time.',
      because: 'main.edn:3',
    });
  });

  test('without :else a gate blocks when the answer is no', async () => {
    const step = await start('{:event :tool-call :do (confirm {:title "Sure?"})}', call('ls'));
    const refused = outcome(next(step.plan, { kind: 'confirm', isConfirmed: false }));
    expect(refused).toMatchObject({ verdict: 'block', reason: 'The person denied it.' });
  });

  test("the first block or allow in the file wins, and what follows it isn't done", async () => {
    const rules = `
      {:event :tool-call :do (notify {:message "first"})}
      {:event :tool-call :when {:input.command {:contains "ls"}} :do (allow)}
      {:event :tool-call :do (do (notify {:message "never"}) (block {:reason "all"}))}`;
    expect(await start(rules, call('ls'))).toMatchObject({
      effects: [{ kind: 'notify', message: 'first' }],
      outcome: { verdict: 'allow' },
    });
    expect(await start(rules, call('cat'))).toMatchObject({
      effects: [{ message: 'first' }, { message: 'never' }],
      outcome: { verdict: 'block', reason: 'all' },
    });
  });

  test('patches apply in order; the later one wins a member', async () => {
    const rules = `
      {:event :tool-call :do (patch-input {:command "nice {input.command}" :timeout 5})}
      {:event :tool-call :do (patch-input {:command "time {input.command}"})}`;
    expect(outcome(await start(rules, call('ls'))).inputPatch).toEqual({ command: 'time ls', timeout: 5 });
  });

  test('asks about acts once, and only about the named ones', async () => {
    const acts = [
      { kind: 'delete', path: '/w/a', target: '', count: 3 },
      { kind: 'network', path: '', target: '', count: 0 },
    ] as const;
    const rules = '{:event :tool-call :when {:acts {:any [:delete :move]}} :do (ask-act {:of [:delete :move]})}';
    const step = await start(rules, call('rm a', { acts, sentence: 'delete 3 files' }));
    expect(step).toMatchObject({ request: { kind: 'ask-act', sentence: 'delete 3 files', acts: [acts[0]] } });
    expect(outcome(next(step.plan, { kind: 'act', isAllowed: false, reason: 'not these' }))).toMatchObject({
      verdict: 'block',
      reason: 'not these',
    });
    expect(await start(rules, call('curl', { acts: [acts[1]] }))).toMatchObject({ outcome: { verdict: 'none' } });
  });

  test('a chosen option runs its action; the label is the answer', async () => {
    const rules = `{:event :tool-call
      :do (do (select {:title "How?" :options [{:label "Go"} {:label "Stop" :do (block {:reason "{answer} it is"})}]})
              (notify {:message "chosen: {answer}"}))}`;
    const step = await start(rules, call('ls'));
    expect(next(step.plan, { kind: 'text', text: 'Go' })).toMatchObject({ effects: [{ message: 'chosen: Go' }] });
    expect(outcome(next(step.plan, { kind: 'text', text: 'Stop' })).reason).toBe('Stop it is');
    expect(outcome(next(step.plan, { kind: 'text', text: 'Other' })).verdict).toBe('block');
  });

  test('quotes what a shell command is filled with for the shell', async () => {
    const rules = '{:event :tool-call :do (shell {:command "test -e {input.path}"})}';
    const facts = factsOf({ event: 'tool-call', fields: { tool: 'write', input: { path: "a'; rm -rf /" } } });
    expect(await start(rules, facts)).toMatchObject({ request: { command: `test -e 'a'\\''; rm -rf /'` } });
  });

  test('blocks a command that is too long to search, whatever it is padded with', async () => {
    const rules = '{:event :tool-call :when {:input.command {:matches "rm"}} :do (block {:reason "rm"})}';
    expect(outcome(await start(rules, call(`rm ${' '.repeat(1_000_001)}`)))).toMatchObject({
      verdict: 'block',
      reason: expect.stringContaining('at most 1000000 characters') as string,
    });
  });

  test('a plan can be stored while it waits', async () => {
    const step = await start(guard, call('rm -rf x'));
    const plan = JSON.parse(JSON.stringify(step.plan)) as typeof step.plan;
    expect(next(plan, { kind: 'confirm', isConfirmed: true })).toMatchObject({ kind: 'done' });
    expect(() => next(plan)).toThrow('waits for an answer');
  });

  test('included files come before the file that includes them', async () => {
    const { table } = await behaviourOf({
      'main.edn':
        '{:Extension {:name "m"} :Include ["a.edn" "b.edn"] :On [{:name "m" :event :agent-settled :do (abort)}]}',
      'a.edn': '{:Include ["b.edn"] :On [{:name "a" :event :agent-settled :do (abort)}]}',
      'b.edn': '{:On [{:name "b" :event :agent-settled :do (abort)}]}',
    });
    expect(table.rules.map(({ id }) => id)).toEqual(['b', 'a', 'm']);
  });
});
