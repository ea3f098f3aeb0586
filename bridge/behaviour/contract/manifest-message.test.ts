import { FrameDecoder } from '../../../schema/capnp/stream-framing';
import { MessageView } from '../../../schema/capnp/message-view';
import { eventKinds } from '../../../schema/generated/pi-api';
import { extensionManifestCodec } from '../../../schema/generated/pi-api-codec';
import { behaviourOf } from '../test-behaviour';
import { eventNames, events, withheldEvents } from '../vocabulary/events';
import { contractManifest, manifestMessage } from './manifest-message';

const wire = (name: string): string => name.replaceAll('-', '_');

describe('the vocabulary matches the contract', () => {
  test('every event of the contract can be named, or has a reason why not', () => {
    const ours = [...eventNames, ...Object.keys(withheldEvents)].map(wire).sort();
    expect(ours).toEqual(eventKinds.map(({ name }) => name).sort());
  });

  test.each(eventNames.map((name) => [name]))('%s has the same class in both', (name) => {
    expect(events[name].class).toBe(eventKinds.find((kind) => kind.name === wire(name))?.class);
  });

  const arms: Readonly<Record<string, string>> = {
    'patch-input': 'patchToolInput input',
    'change-result': 'patchToolResult',
    'add-context': 'beforeAgentStart boundary',
    'add-resources': 'resources',
    continue: 'boundary',
    block: 'blockTool cancel userBashResult input',
  };

  test.each(eventNames.map((name) => [name]))('every possible answer to %s is an arm of the contract', (name) => {
    const allowed: readonly string[] = eventKinds.find((kind) => kind.name === wire(name))?.responses ?? [];
    for (const decision of events[name].decisions) {
      if (decision === 'allow' || decision === 'ask-act') continue;
      expect((arms[decision] ?? '').split(' ').some((arm) => allowed.includes(arm))).toBe(true);
    }
  });
});

test('a manifest comes back from its message unchanged', async () => {
  const behaviour = await behaviourOf({
    'main.edn': `{:Extension {:name "all" :version 3 :description "of it"}
      :Flags [{:name "quiet"} {:name "who" :default "me"}]
      :On [{:event :tool-call :when {:count {:of :errors :over 3}} :do (block {:reason "enough"})}]
      :Tools [{:name "count" :description "counts" :parameters {:path {:description "what"} :deep {:type :boolean :optional true}}
               :read-only true
               :do (do (run-tool {:tool "read" :input {:path "{input.path}"}}) (reply {:text "{tool.output}"}))}]
      :Commands [{:name "status" :complete ["on" "off"] :do (notify {:message "{arguments}"})}]
      :Shortcuts [{:key "ctrl+g" :do (abort)}]}`,
  });
  const [frame] = new FrameDecoder().push(manifestMessage(behaviour));
  const read = extensionManifestCodec.read(new MessageView(frame!).root());
  expect(read).toEqual(contractManifest(behaviour));
  expect(read).toMatchObject({
    behaviourDigest: behaviour.digest,
    needs: ['blockTool'],
    tools: [{ name: 'count', reachesTools: ['read'] }],
    flags: [{ which: 'boolean' }, { which: 'string', string: { byDefault: 'me' } }],
  });
  // Counted events must be subscribed to, even if no rule names them.
  expect(read.events.map(({ name }) => name)).toEqual(['tool_call', 'before_agent_start', 'tool_execution_end']);
});
