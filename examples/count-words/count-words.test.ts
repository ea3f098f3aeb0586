import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectBridge, serveBridge } from '../../schema/capnp/bridge-connection';
import { memoryWirePair } from '../../schema/capnp/byte-wire';
import type { PiExtensionBridge } from '../../schema/generated/pi-api';
import { isAsRecorded, readTrace, TracePlayer, type TraceStep } from '../trace/play-trace';
import { countWordsBridge } from './count-words-bridge';

const traceFolder = join(__dirname, '..', 'trace');

async function trace(): Promise<readonly TraceStep[]> {
  return readTrace(await readFile(join(traceFolder, 'count-words.jsonl'), 'utf8'), join(traceFolder, 'files'));
}

/** Plays the trace over a wire; returns the lines that differ from the recording. */
async function differences(bridge: PiExtensionBridge): Promise<readonly unknown[]> {
  const [near, far] = memoryWirePair();
  serveBridge(far, bridge);
  const remote = connectBridge(near);
  const player = new TracePlayer(remote.bridge);
  const found: unknown[] = [];
  for (const step of await trace()) {
    const played = await player.play(step);
    if (!isAsRecorded(step, played)) found.push({ about: step.about, played });
  }
  remote.close();
  return found;
}

test('answers the recorded trace: gate, tool, progress, dialog, cancel, errors', async () => {
  expect(await differences(countWordsBridge())).toEqual([]);
});

test('a bridge that gives one different answer is detected', async () => {
  const bridge = countWordsBridge();
  const other: PiExtensionBridge = {
    ...bridge,
    cancel: () => Promise.resolve({}),
    executeTool: async (request, call) => {
      // A bridge that ends with an error when told to stop.
      if (request.callId === 'to-cancel') throw new Error('stopped');
      return bridge.executeTool(request, call);
    },
  };
  expect(await differences(other)).toMatchObject([{ about: 'a tool cancelled while it runs' }]);
});

test('the trace contains each kind of thing that a bridge does', async () => {
  const steps = await trace();
  const methods = new Set(steps.map(({ call }) => call));
  expect([...methods].sort()).toEqual([
    ...['attach', 'cancel', 'describe', 'executeCommand', 'executeTool', 'handleEvent', 'shutdown'],
  ]);
  const hostMethods = new Set(steps.flatMap(({ host = [] }) => host.map(({ method }) => method)));
  expect([...hostMethods].sort()).toEqual(['appendEntry', 'toolUpdate', 'uiAction']);
});
