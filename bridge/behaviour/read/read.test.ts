import { problemsOf } from '../test-behaviour';

/** One rule for tool calls that contains this. */
const rule = (rest: string): string => `{:Extension {:name "t"} :On [{:event :tool-call ${rest}}]}`;
const condition = (text: string): string => rule(`:do (block {:reason "r"}) :when ${text}`);
const action = (text: string): string => rule(`:do ${text}`);

/** Only the message, without file, line and column. */
async function messages(text: string): Promise<readonly string[]> {
  return (await problemsOf(text)).map((line) => line.replace(/^main\.edn:\d+:\d+: /, ''));
}

describe('what it understands', () => {
  test.each([
    condition('true'),
    condition('{:input.command "ls"}'),
    condition('{:input.timeout {:over 3 :at-most 10}}'),
    condition('{:input {:contains ["a" "b"]}}'),
    condition('{:tool ["bash" "mcp__*"]}'),
    condition('(and {:path {:inside [:folder "/opt/x"]}} (or (not {:network true}) {:long-running true}))'),
    condition('{:acts {:any [:delete :move] :over 10 :outside :folder :glob "**/*.md"}}'),
    condition('{:acts {:inside :outputs}}'),
    condition('{:count {:of :tool-calls :tool "bash" :per :session :at-least 20}}'),
    condition('{:input.command {:exists false}}'),
    condition('{:acts.total {:over 5} :session.name {:starts-with "x"}}'),
    action('(do (notify {:message "{{x}} {tool} {input.a.b}" :level :warning}) (allow))'),
    action('(do (input {:title "Name?"}) (patch-input {:name "{answer}" :deep {:a [1 "{call.id}" nil]}}))'),
    action('(do (shell {:command "test -e {input.path}"}) (log {:message "{shell.code} {shell.output}"}))'),
    action('(ask-act {})'),
    action('(abort)'),
    '{:Extension {:name "t"} :Limits {:event-ms 100} :Status {:guard "on in {folder}"}}',
    '{:Extension {:name "t"} :Flags [{:name "quiet"}] :On [{:event :agent-settled :when {:flag.quiet false} :do (abort)}]}',
    '{:Extension {:name "t"} :On [{:event [:turn-end :agent-before-settle] :when {:last-text {:contains "TODO"}} :do (continue {})}]}',
    '{:Extension {:name "t"} :Commands [{:name "again" :do (session {:do :reload})}]}',
  ])('%s', async (text) => expect(await messages(text)).toEqual([]));
});

describe('what it refuses, with the message', () => {
  test.each([
    // The file
    ['[]', ['expected a behaviour file, a map { … }, found a vector [ ]']],
    ['{:Extention {:name "x"}}', ['unknown key :Extention in a behaviour file; did you mean :Extension?']],
    ['{}', ['the main file needs :Extension, such as :Extension {:name "my-rules" :version 1}']],
    ['{"Extension" 1}', ['the keys of a behaviour file are keywords, such as :Extension']],
    ['{:Extension {}}', [':Extension needs :name']],
    ['{:Extension {:name "t"} :Limits {:event-ms 0}}', ['expected milliseconds from 1 to 60000, found 0']],
    [
      '{:Extension {:name "t"} :Include ["../x.edn"]}',
      ['expected a relative name such as "more.edn": no "..", no leading "/", ending in .edn'],
    ],
    ['{:Extension {:name "t"} :Patterns {:a {:glob "x" :matches "y"}}}', [expect.stringContaining('a pattern is a')]],
    // Conditions
    [condition('{}'), ['this condition is empty; for a rule that always fires, leave out :when']],
    [condition('"x"'), ['expected a condition: a map, (and …), (or …) or (not …), found a string']],
    [condition('(nand {:tool "x"})'), ['expected (and …), (or …) or (not …); did you mean and?']],
    [condition('(not {:tool "x"} {:tool "y"})'), ['(not …) takes one condition']],
    [condition('(and)'), ['(and …) needs a condition']],
    [condition('{:comand "x"}'), [expect.stringMatching(/^there is no :comand to test here; there are :event/)]],
    [condition('{:input.command {:match "x"}}'), ['unknown key :match in a test; did you mean :matches?']],
    [condition('{:input.command {}}'), ['this test is empty: write {:matches "…"}, {:contains "…"}, …']],
    [condition('{:tool {:over 3}}'), ["expected a tool's name in quotes, found a map { }"]],
    [condition('{:session.id {:over 3}}'), ['this field is a text: it has no bounds']],
    [condition('{:input.command {:matches :nope}}'), [':Patterns has no :nope; write it in quotes']],
    [condition('{:path {}}'), [':path is empty: write {:inside …}, {:outside …} or {:glob …}']],
    [condition('{:path {:inside :fodler}}'), ['there is no :fodler here; did you mean :folder?']],
    [condition('{:path {:inside "x"}}'), ['expected an absolute path without ".."']],
    [condition('{:acts {:any [:remove]}}'), [expect.stringContaining('there is no :remove here')]],
    [condition('{:acts {:over 1 :under 3}}'), [':acts takes one bound, such as :over 10']],
    [condition('{:count {:of :tool-calls}}'), [':count needs one bound, such as :over 20']],
    [condition('{:count {:of :errors :tool "x" :over 1}}'), [':tool only goes with :of :tool-calls']],
    [condition('{:network 1}'), ['expected true or false, found 1']],
    // Actions
    [action('"x"'), ['expected an action such as (notify {:message "…"}), found a string']],
    [action('()'), ['expected the name of an action after "("']],
    [action('(do)'), ['(do …) needs an action']],
    [action('(block)'), ['(block …) needs :reason']],
    [action('(block {:reason "x"} {})'), ['(block …) takes one map']],
    [action('(notify {:message "{x"})'), ['a single "{": write "{{"']],
    [action('(notify {:message "{answer}"})'), [expect.stringContaining('there is no field {answer} here')]],
    [action('(shell {:command "echo \\"{input.x}\\""})'), [expect.stringContaining('remove the quotes around it')]],
    [
      action('(change-result {:append "x"})'),
      [expect.stringContaining("(change-result …) doesn't go with :tool-call, a gate")],
    ],
    [action('(reply {:text "x"})'), ['(reply …) is only for :Tools']],
    [action('(session {:do :new})'), ['(session …) is only for :Commands']],
    [action('(patch-input {})'), ['(patch-input …) changes nothing']],
    [action('(select {:title "x" :options []})'), ['a vector of options needs at least 1']],
    [action('(select {:title "x" :options [{:label "a"} {:label "a"}]})'), ['two options have the same :label']],
    [action('(confirm {:title "x" :timeout-ms 600001})'), ['expected milliseconds from 1 to 600000, found 600001']],
    // Rules
    [rule(''), ['a rule needs :do']],
    [rule(':do (abort) :else (abort)'), [expect.stringContaining(':else runs when a question is answered no')]],
    [
      '{:Extension {:name "t"} :On [{:event :agent-settled :do (confirm {:title "x"})}]}',
      ["(confirm …) waits for an answer, but :agent-settled is a notification and doesn't wait"],
    ],
    [
      '{:Extension {:name "t"} :On [{:event :agent-settled :tool "x" :do (abort)}]}',
      [':tool is only for events of tool calls'],
    ],
    [
      '{:Extension {:name "t"} :On [{:event [:tool-call :tool-result] :do (block {:reason "x"})}]}',
      ["(block …) doesn't go with :tool-result, a transform; it takes (change-result …)"],
    ],
    [
      '{:Extension {:name "t"} :On [{:event :input :do (patch-input {:source "x"})}]}',
      ['of :input only :text can be patched'],
    ],
    [
      '{:Extension {:name "t"} :On [{:name "a" :event :input :do (abort)} {:name "a" :event :input :do (abort)}]}',
      ['the rule "a" is already defined in main.edn:1'],
    ],
    // What is called by name
    [
      '{:Extension {:name "t"} :Tools [{:name "a" :description "d" :do (block {:reason "x"})}]}',
      ['(block …) answers an event, and a tool has no event'],
    ],
    [
      '{:Extension {:name "t"} :Shortcuts [{:key "Control G" :do (abort)}]}',
      [`"Control G" isn't a key; write it as "ctrl+shift+g"`],
    ],
    [
      '{:Extension {:name "t"} :Commands [{:name "a" :do (abort)} {:name "a" :do (abort)}]}',
      ['the command "a" is already defined in main.edn:1'],
    ],
  ])('%s', async (text, expected) => expect(await messages(text)).toEqual(expected));

  test('refuses the same pattern in two files, with the place of the first', async () => {
    const main = '{:Extension {:name "t"} :Include ["a.edn"] :Patterns {:p "x"}}';
    expect(await problemsOf(main, { 'a.edn': '{:Patterns {:p "y"}}' })).toEqual([
      'main.edn:1:55: the pattern :p is already defined in a.edn:1',
    ]);
  });

  test('reports at most a hundred problems of a file that is wrong everywhere', async () => {
    const problems = await problemsOf(`{:Extension {:name "t"} :On [${'{:event :nope :do (abort)} '.repeat(900)}]}`);
    expect(problems).toHaveLength(100);
  });
});
