import { parseEdn } from '../edn/parse';
import type { EdnNode } from '../edn/node';
import { randomText, seededRandom } from '../edn/random-edn';
import { format } from './format';

const formatted = (text: string): string => format({ file: 'x.edn', text });

/** A value without its place in the file. */
const bare = (node: EdnNode): unknown =>
  JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'at' ? undefined : value))) as unknown;

const sample = `; what the agent may do

{:Extension {:name "guard",   :version 1} ; the name
 :On [ {:event :tool-call :tool "bash" :when (and {:input.command {:matches "rm\\\\s+-rf"}} {:count {:of :tool-calls :over 20}}) :do (confirm {:title "Dangerous" :message "Run {input.command}?" :timeout-ms 30000}) :else (block {:reason "no"})}


       ; the end
       {:event :agent-settled :do (notify {:message "done"})} #_{:event :input :do (abort)} ]
 :Commands [] ; none
}`;

describe('the formatter', () => {
  test('puts one member on each line when a line is too short, and keeps comments', () => {
    expect(formatted(sample)).toBe(`; what the agent may do

{:Extension {:name "guard" :version 1} ; the name
 :On [{:event :tool-call
       :tool "bash"
       :when (and {:input.command {:matches "rm\\\\s+-rf"}} {:count {:of :tool-calls :over 20}})
       :do (confirm {:title "Dangerous" :message "Run {input.command}?" :timeout-ms 30000})
       :else (block {:reason "no"})}

      ; the end
      {:event :agent-settled :do (notify {:message "done"})}
      #_{:event :input :do (abort)}]
 :Commands [] ; none
 }
`);
  });

  test('formatting its output again changes nothing', () => {
    const once = formatted(sample);
    expect(formatted(once)).toBe(once);
  });

  test('changes no value, loses no comment and is stable after one pass, for any input', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const text = randomText(seededRandom(seed));
      const once = formatted(text);
      expect(bare(parseEdn({ file: 'x', text: once }))).toEqual(bare(parseEdn({ file: 'x', text })));
      expect(formatted(once)).toBe(once);
      const comments = (of: string): readonly string[] => of.match(/;c\d+/g) ?? [];
      expect(comments(once)).toEqual(comments(text));
    }
  });
});
