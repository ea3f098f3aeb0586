import type { Speaker } from '../generated/every-kind';
import { numbersCodec, speakerInterface } from '../generated/every-kind-codec';
import { type ByteWire, memoryWirePair } from './byte-wire';
import { Connection } from './connection';
import { defaultReadLimits } from './message-view';
import { readRpcMessage, type RpcMessage } from './rpc-reader';
import { FrameDecoder } from './stream-framing';
import { servingOnly, withDefaults } from './with-defaults';

const numbers = withDefaults(numbersCodec, {});

test('numbers of questions are reused, and every answer is finished', async () => {
  const wires = memoryWirePair();
  const sent: RpcMessage[] = [];
  const wire: ByteWire = {
    ...wires[0],
    write: (bytes) => {
      sent.push(...new FrameDecoder().push(bytes).map((frame) => readRpcMessage(frame, defaultReadLimits)));
      wires[0].write(bytes);
    },
  };
  const main = {
    descriptor: speakerInterface,
    implementation: servingOnly<Speaker>({ measure: async (input) => input }),
  };
  new Connection(wires[1], main);
  const remote = new Connection(wire, null).bootstrap(speakerInterface);
  for (let index = 0; index < 50; index += 1) await remote.measure(numbers);
  // The last finish message goes out shortly after its answer.
  await new Promise(setImmediate);
  const calls = sent.flatMap((message) => (message.kind === 'call' ? [message.questionId] : []));
  expect(calls).toHaveLength(50);
  expect(Math.max(...calls)).toBeLessThan(3);
  expect(sent.filter(({ kind }) => kind === 'finish')).toHaveLength(51);
});
