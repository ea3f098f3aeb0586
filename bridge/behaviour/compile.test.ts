import { seededRandom, type Random } from './edn/random-edn';
import { decide } from './evaluate/decide';
import { factsOf } from './evaluate/facts';
import { next, type Step } from './evaluate/next';
import type { Answer } from './evaluate/request';
import { problemsOf, behaviourOf } from './test-behaviour';
import { eventNames } from './vocabulary/events';

const valid = `{:Extension {:name "guard" :version 1 :description "d"}
 :Limits {:event-ms 100 :ask-ms 50}
 :Patterns {:secrets {:glob ["**/*.key" "**/.env"]} :force "rm\\\\s+-rf"}
 :Flags [{:name "quiet" :default false}]
 :Status {:guard "on"}
 :On [{:name "force" :event :tool-call :tool "bash"
       :when (and {:input.command {:matches :force}} (not {:flag.quiet true}))
       :do (do (confirm {:title "Sure?" :message "{input.command}"}) (shell {:command "echo {input.command}"}) (allow))
       :else (block {:reason "{answer}"})}
      {:event :tool-call :when {:path {:glob :secrets :outside :outputs} :count {:of :tool-calls :over 2}}
       :do (select {:title "?" :options [{:label "a" :do (block {:reason "a"})} {:label "b"}]})}
      {:event :tool-call :when {:acts {:any [:delete] :over 1}} :do (ask-act {})}
      {:event :tool-result :when {:is-error true} :do (change-result {:append "{output}" :is-error false})}
      {:event [:turn-end :agent-before-settle] :do (do (add-context {:text "x"}) (continue {:text "go"}))}]
 :Tools [{:name "t" :description "d" :parameters {:path {}} :do (do (run-tool {:tool "read"}) (reply {:text "{tool.output}"}))}]
 :Commands [{:name "c" :do (input {:title "n"}) :else (notify {:message "no"})}]}`;

function mutated(random: Random): string {
  const at = random(valid.length);
  const to = at + random(12);
  const other = random(valid.length);
  const kind = random(3);
  if (kind === 0) return valid.slice(0, at) + valid.slice(to);
  if (kind === 1) return valid.slice(0, at) + valid.slice(other, other + random(12)) + valid.slice(at);
  return valid.slice(0, at) + valid.slice(other, other + to - at) + valid.slice(to);
}

test('a behaviour with a random change compiles, or is refused with places', async () => {
  let refused = 0;
  for (let seed = 1; seed <= 600; seed += 1) {
    // Any error other than a BehaviourError fails the test here.
    const problems = await problemsOf(mutated(seededRandom(seed)));
    for (const line of problems) expect(line).toMatch(/^main\.edn:\d+:\d+: /);
    if (problems.length > 0) refused += 1;
  }
  expect(refused).toBeGreaterThan(250);
});

const answers: readonly Answer[] = [
  { kind: 'confirm', isConfirmed: true },
  { kind: 'confirm', isConfirmed: false },
  { kind: 'text', text: 'a' },
  { kind: 'text', text: 'nothing of that' },
  { kind: 'act', isAllowed: true, reason: '' },
  { kind: 'act', isAllowed: false, reason: 'no' },
  { kind: 'shell', code: 0, output: 'out' },
  { kind: 'shell', code: 1, output: '' },
  { kind: 'tool', isError: true, output: '' },
  { kind: 'none', why: 'timed-out', reason: '' },
];

test('any answers to any questions lead to an end, and a gate that got a no never allows', async () => {
  const { table } = await behaviourOf({ 'main.edn': valid });
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = seededRandom(seed);
    const event = eventNames[random(eventNames.length)] ?? 'tool-call';
    const facts = factsOf({
      event: random(2) === 0 ? 'tool-call' : event,
      fields: { tool: 'bash', input: random(2) === 0 ? { command: 'rm -rf x' } : null },
      paths: random(2) === 0 ? ['/w/a.key'] : [],
      acts: random(2) === 0 ? [{ kind: 'delete', path: '/w/a', target: '', count: 3 }] : [],
    });
    let step: Step = next(decide(table, facts).plan);
    let isRefused = false;
    for (let asked = 0; step.kind === 'asks'; asked += 1) {
      expect(asked).toBeLessThan(20);
      const answer = answers[random(answers.length)] ?? answers[0]!;
      if (answer.kind === 'none') isRefused = true;
      step = next(step.plan, answer);
    }
    if (isRefused) expect(step.outcome.verdict).toBe('block');
  }
});

test('the digest depends on what a behaviour does, not on its layout', async () => {
  const { digest } = await behaviourOf({ 'main.edn': valid });
  expect((await behaviourOf({ 'main.edn': `; more\n${valid.replaceAll('\n', '\n\n')}` })).digest).toBe(digest);
  expect((await behaviourOf({ 'main.edn': valid.replaceAll(' :', '  ,:') })).digest).toBe(digest);
  expect((await behaviourOf({ 'main.edn': valid.replace('"Sure?"', '"Sure!"') })).digest).not.toBe(digest);
});
