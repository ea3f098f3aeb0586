/** Sits between the guest's kernel and the file server and counts what the kernel asks. */
import { createConnection, createServer } from 'node:net';
import { opcode } from '../../files/server/fuse-protocol';
import { MessageSplitter } from '../../files/server/message-stream';

export interface Tap {
  /** Counts of requests by name since the last call, most frequent first */
  take(): ReadonlyMap<string, number>;
  close(): void;
}

const opcodeNames = new Map<number, string>(Object.entries(opcode).map(([name, number]) => [number, name]));

/** Listens at a path for QEMU and passes everything on to the server's. */
export async function openTap(path: string, server: string): Promise<Tap> {
  let counts = new Map<string, number>();
  const count = (message: Buffer): void => {
    const number = message.readUInt32LE(4);
    const name = opcodeNames.get(number) ?? `opcode ${number}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  const listener = createServer((guest) => {
    const splitter = new MessageSplitter();
    const passedOn = createConnection(server);
    guest.on('data', (chunk) => {
      for (const message of splitter.push(chunk)) count(message);
    });
    guest.pipe(passedOn).pipe(guest);
    guest.on('error', () => passedOn.destroy());
    passedOn.on('error', () => guest.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(path, resolve));
  return {
    take: () => {
      const taken = new Map([...counts].sort(([, one], [, other]) => other - one));
      counts = new Map();
      return taken;
    },
    close: () => void listener.close(),
  };
}
