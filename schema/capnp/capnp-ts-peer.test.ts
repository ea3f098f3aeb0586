/** Our connection and capnp-ts's own call each other. */
import { type Client, Conn, ObjectSize, Server, Struct } from 'capnp-ts';
import type { Speaker } from '../generated/every-kind';
import { numbersCodec, speakerInterface } from '../generated/every-kind-codec';
import { memoryWirePair } from './byte-wire';
import { Connection } from './connection';
import { FrameDecoder } from './stream-framing';
import { servingOnly, withDefaults } from './with-defaults';

const numbers = withDefaults(numbersCodec, {});

class NumbersStruct extends Struct {
  static override readonly _capnp = {
    displayName: 'Numbers',
    id: '0',
    size: new ObjectSize(numbersCodec.dataBytes, numbersCodec.pointerCount),
  };
}

/** The complete frames of one write, separately, because capnp-ts accepts one message at a time. */
function cut(bytes: Uint8Array): Uint8Array[] {
  if (bytes.byteLength === 0) return [];
  const [frame] = new FrameDecoder().push(bytes);
  const content = frame!.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const length = Math.ceil((4 + 4 * frame!.length) / 8) * 8 + content;
  return [bytes.subarray(0, length), ...cut(bytes.subarray(length))];
}

test("capnp-ts's own connection asks ours, and ours asks it", async () => {
  const wires = memoryWirePair();
  const measure: Speaker['measure'] = async (input) => ({ ...input, int8: input.int8 + 1 });
  const main = { descriptor: speakerInterface, implementation: servingOnly<Speaker>({ measure }) };
  const own = new Connection(wires[1], main);
  const method = {
    interfaceId: speakerInterface.id,
    interfaceName: 'Speaker',
    methodId: 2,
    methodName: 'measure',
    ParamsClass: NumbersStruct,
    ResultsClass: NumbersStruct,
  };
  const read = (struct: Struct): number => Struct.getInt8(1, struct);
  const impl = (params: Struct, results: Struct): void => Struct.setInt8(1, read(params) * 2, results);
  const transport = {
    send: (data: Uint8Array) => wires[0].write(data),
    close: () => wires[0].close(),
    onMessage: (listener: (data: Uint8Array) => void) => wires[0].onData((bytes) => cut(bytes).forEach(listener)),
    onClose: (listener: (error: Error) => void) => wires[0].onClose((cause) => listener(new Error(cause))),
  };
  const theirs = new Conn(transport, { main: new Server([{ ...method, impl }]) });
  const { client } = theirs.bootstrap({
    _capnp: { displayName: 'Speaker', id: speakerInterface.id.toString(16) },
    Client: class {
      constructor(readonly client: Client) {}
    },
  });
  expect(read(await client.call(method, (params) => Struct.setInt8(1, 41, params)))).toBe(42);
  expect((await own.bootstrap(speakerInterface).measure({ ...numbers, int8: 21 })).int8).toBe(42);
  own.close();
});
