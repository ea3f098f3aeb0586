/**
 * Everything that the host does in folders that the guest writes to, while another process replaces files there by
 * links that lead out. For each, a control does the same with a joined path, as any program would, and does get led
 * out.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Artifacts } from '../../main/artifacts/artifacts';
import { openableFile } from '../../main/artifacts/openable-file';
import { OpenedCopies } from '../../main/artifacts/opened-copies';
import { loadItems } from '../../main/tasks/conversation';
import { TaskFilesClient } from '../../main/tasks/task-files-client';
import { TaskHandles } from '../../main/workers/task-handles';
import { filesApi, type TaskPlaces } from '../../schema/files-api';
import type { Client } from '../../schema/rpc';
import { connect } from '../../schema/rpc-client';
import { memoryPair } from '../../schema/transports/memory';
import { serveFiles } from '../service/files-service';

const taskId = 'task-000000000001';
const attackMs = Number(process.env['PIWORK_RACE_MS'] ?? 400);
/** On a busy machine the two processes sometimes rarely alternate. */
const patienceMs = 30_000;

let base: string;
let places: TaskPlaces;
let client: Client<typeof filesApi>;
let copies: OpenedCopies;
let end: () => void;

const line = (text: string): string =>
  `${JSON.stringify({ type: 'message', id: 'a', parentId: null, message: { role: 'user', content: text } })}\n`;
const at = (...names: string[]): string => join(base, ...names);
/** Somebody else's session, with a size that the task's own never has */
const foreign = (): string => line(`SECRET${'x'.repeat(100)}`);

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'piwork-races-'));
  for (const name of ['session', 'uploads', 'outputs/d', 'folder/d', 'outside/d', 'parked'])
    mkdirSync(at(name), { recursive: true });
  places = {
    ...{ taskId, overlay: null, journal: at('journal'), folder: at('folder') },
    ...{ session: at('session'), outputs: at('outputs'), uploads: at('uploads') },
  };
  copies = await OpenedCopies.open(at('opened'));
  writeFileSync(at('session', 'session.json'), line('mine'));
  for (const folder of ['outputs', 'folder']) writeFileSync(at(folder, 'd', 'f'), 'inside');
  writeFileSync(at('outside', 'd', 'f'), 'SECRET', { mode: 0o755 });
  writeFileSync(at('outside', 'd', 'SECRET'), '');
  writeFileSync(at('folder', 'd', 'f.txt'), 'inside');
  writeFileSync(at('outside', 'd', 'f.txt'), 'SECRET');
  writeFileSync(at('outside', 'session.json'), foreign());
  const [near, far] = memoryPair();
  serveFiles(far);
  client = connect(filesApi, near).client;
  new TaskHandles(client).open(places);
  end = () => near.close();
});
afterEach(() => {
  end();
  rmSync(base, { recursive: true });
});

interface Attack {
  /** What is replaced, and where the link leads */
  readonly swapped: () => readonly [target: string, outside: string];
  /** One act of the host; returns whether it was led out */
  readonly host: () => Promise<boolean>;
  /** The same with a joined path */
  readonly control: () => boolean;
}

const artifacts = (): Artifacts => new Artifacts(client);
const directory = (folder: string) => () => [at(folder, 'd'), at('outside', 'd')] as const;
const session = () => [at('session', 'session.json'), at('outside', 'session.json')] as const;
const isSecret = (value: unknown): boolean => JSON.stringify(value).includes('SECRET');
const wasAppended = (): boolean => {
  const isOther = readFileSync(at('outside', 'session.json'), 'utf8') !== foreign();
  if (isOther) writeFileSync(at('outside', 'session.json'), foreign());
  return isOther;
};
const port = (): TaskFilesClient =>
  new TaskFilesClient({
    files: { client, tasks: new TaskHandles(client), on: () => ({ dispose: () => undefined }) },
    approvals: {
      decide: () => new Promise(() => undefined),
      decideAhead: () => new Promise(() => undefined),
      beginTurn: () => undefined,
      endTurn: () => undefined,
      forgetTask: () => undefined,
      flush: () => Promise.resolve(),
    },
    log: () => undefined,
  });

const attacks: Record<string, Attack> = {
  list: {
    swapped: directory('outputs'),
    host: async () => isSecret(await artifacts().list(taskId)),
    control: () => readdirSync(at('outputs', 'd')).includes('SECRET'),
  },
  preview: {
    swapped: directory('outputs'),
    host: async () => isSecret(await artifacts().preview(taskId, 'outputs', 'd/f')),
    control: () => isSecret(readFileSync(at('outputs', 'd', 'f'), 'utf8')),
  },
  upload: {
    swapped: () => [at('uploads', 'f'), at('outside', 'd', 'f')],
    host: async () => {
      const { path } = await artifacts().upload(taskId, 'f', Buffer.from('theirs').toString('base64'));
      if (path !== 'f') rmSync(at('uploads', path));
      return readFileSync(at('outside', 'd', 'f'), 'utf8') !== 'SECRET';
    },
    control: () => {
      writeFileSync(at('uploads', 'f'), 'theirs');
      const isOther = readFileSync(at('outside', 'd', 'f'), 'utf8') !== 'SECRET';
      if (isOther) writeFileSync(at('outside', 'd', 'f'), 'SECRET');
      return isOther;
    },
  },
  open: {
    swapped: directory('folder'),
    host: async () => {
      const { kind, path } = await openableFile({ files: client, copies, places }, 'folder', 'd/f.txt');
      return kind === 'open' && isSecret(readFileSync(path, 'utf8'));
    },
    control: () => isSecret(readFileSync(at('folder', 'd', 'f.txt'), 'utf8')),
  },
  session: {
    swapped: session,
    host: async () => isSecret(await port().session(taskId).read()),
    control: () => isSecret(readFileSync(at('session', 'session.json'), 'utf8')),
  },
  conversation: {
    swapped: session,
    host: async () => isSecret(await loadItems({ session: port().session(taskId), cacheFile: at('cache.json') })),
    control: () => isSecret(readFileSync(at('session', 'session.json'), 'utf8')),
  },
  leaf: {
    swapped: session,
    host: async () => {
      await client['session.move_leaf']({ taskId, turn: 1, leaf: null }).catch(() => undefined);
      return wasAppended();
    },
    control: () => {
      appendFileSync(at('session', 'session.json'), 'mine\n');
      return wasAppended();
    },
  },
};

interface Tries {
  tried: number;
  refused: number;
  led: number;
}

/** Tries it while another process swaps, until there were enough swaps or the time is over. */
async function race({ swapped }: Attack, act: () => boolean | Promise<boolean>, isEnough: (so: Tries) => boolean) {
  const [target, outside] = swapped();
  if (!lstatSync(target, { throwIfNoEntry: false })) writeFileSync(target, '');
  const script = join(__dirname, '..', 'confined', 'test', 'swapper.mjs');
  const args = [script, target, at('parked', 'one'), outside];
  const swapper = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(swapper.stdout, 'data');
  const tries: Tries = { tried: 0, refused: 0, led: 0 };
  const start = performance.now();
  const elapsedMs = (): number => performance.now() - start;
  while (elapsedMs() < attackMs || (elapsedMs() < patienceMs && !isEnough(tries))) {
    tries.tried += 1;
    try {
      if (await act()) tries.led += 1;
    } catch {
      tries.refused += 1;
    }
  }
  const gone = swapper.exitCode === null ? once(swapper, 'exit') : null;
  swapper.kill('SIGKILL');
  await gone;
  return tries;
}

const isLinux = process.platform === 'linux';

(isLinux ? describe : describe.skip).each(Object.entries(attacks))('%s', (name, attack) => {
  test(
    'is not led out while links are swapped',
    async () => {
      const { tried, refused, led } = await race(attack, attack.host, (so) => so.tried > 50);
      if (process.env['PIWORK_RACE_MS'])
        process.stdout.write(`${name}: ${tried} tries, ${refused} refused, ${led} led out\n`);
      expect(led).toBe(0);
      expect(tried).toBeGreaterThan(50);
    },
    patienceMs + 10_000,
  );

  test(
    'is led out with a joined path',
    async () => {
      const { led } = await race(attack, attack.control, (so) => so.led > 0);
      if (process.env['PIWORK_RACE_MS']) process.stdout.write(`${name}: the control was led out ${led} times\n`);
      expect(led).toBeGreaterThan(0);
    },
    patienceMs + 10_000,
  );
});
