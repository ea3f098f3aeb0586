import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../schema/rpc-client';
import { filesApi, type TaskPlaces } from '../../schema/files-api';
import { memoryPair } from '../../schema/transports/memory';
import { serveFiles } from '../../files/service/files-service';
import { Artifacts } from './artifacts';

let root: string;
let outputs: string;
let artifacts: Artifacts;
let end: () => void;
const places = (taskId: string): TaskPlaces => ({
  ...{ taskId, folder: null, journal: join(root, 'journal'), overlay: null, session: join(root, taskId, 'session') },
  ...{ outputs: join(root, taskId, 'outputs'), uploads: join(root, taskId, 'uploads') },
});

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'piwork-artifacts-'));
  outputs = join(root, 'one', 'outputs');
  for (const area of ['outputs', 'uploads']) await mkdir(join(root, 'one', area), { recursive: true });
  const [near, far] = memoryPair();
  serveFiles(far);
  end = () => near.close();
  const { client } = connect(filesApi, near);
  await client['task.open']({ places: places('one') });
  artifacts = new Artifacts(client);
});
afterEach(async () => {
  end();
  await rm(root, { recursive: true });
});

test('a task that never ran has no artifacts', async () => {
  expect(await artifacts.list('one')).toEqual([]);
});

test("a file whose name isn't UTF-8 is listed, and shown by the listed name", async () => {
  if (process.platform !== 'linux') return;
  await writeFile(Buffer.from(join(outputs, 'caf\xe9.txt'), 'latin1'), 'latin1');
  const [found] = await artifacts.list('one');
  // As the page gets it, and sends it back.
  const path = (JSON.parse(JSON.stringify(found)) as { readonly path: string }).path;
  expect(path).toBe('caf\udce9.txt');
  expect(await artifacts.preview('one', 'outputs', path)).toMatchObject({ text: 'latin1' });
});

test("files of both areas are listed, and links aren't", async () => {
  await writeFile(join(outputs, 'a.txt'), 'a');
  await mkdir(join(outputs, 'sub'));
  await writeFile(join(outputs, 'sub', 'b.txt'), 'bb');
  await symlink('/etc/passwd', join(outputs, 'link.txt'));
  await artifacts.upload('one', 'c.txt', Buffer.from('ccc').toString('base64'));
  const found = (await artifacts.list('one')).map(({ area, path, bytes }) => `${area}/${path} ${bytes}`).sort();
  expect(found).toEqual(['outputs/a.txt 1', 'outputs/sub/b.txt 2', 'uploads/c.txt 3']);
});

test('a second upload of the same name gets a number, and the first is unchanged', async () => {
  await artifacts.upload('one', 'data.csv', Buffer.from('first').toString('base64'));
  const second = await artifacts.upload('one', 'data.csv', Buffer.from('second').toString('base64'));
  expect(second.path).toBe('data 2.csv');
  expect(await readFile(join(root, 'one', 'uploads', 'data.csv'), 'utf8')).toBe('first');
});

test.each(['../up.txt', 'a/b.txt', '..', '', 'nul\0.txt', 'back\\slash'])(
  'an upload named %j is refused',
  async (name) => {
    await expect(artifacts.upload('one', name, '')).rejects.toThrow();
  },
);

test.each(['link.txt', 'away/passwd', '../../one/outputs/a.txt', '/etc/passwd', 'missing'])(
  'nothing outside is shown as %s',
  async (path) => {
    await writeFile(join(outputs, 'a.txt'), 'a');
    await symlink('/etc/passwd', join(outputs, 'link.txt'));
    await symlink('/etc', join(outputs, 'away'));
    await expect(artifacts.preview('one', 'outputs', path)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  },
);

test('a long text ends before the character that the cap would cut', async () => {
  await writeFile(join(outputs, 'long.txt'), `x${'ü'.repeat(600_000)}`);
  const preview = await artifacts.preview('one', 'outputs', 'long.txt');
  expect(preview).toMatchObject({ kind: 'text', isTruncated: true });
  expect(preview.kind === 'text' && preview.text.endsWith('ü')).toBe(true);
});

test("bytes that aren't text aren't shown as text", async () => {
  await writeFile(join(outputs, 'x.bin'), Buffer.from([0, 1, 2, 3]));
  expect(await artifacts.preview('one', 'outputs', 'x.bin')).toMatchObject({ kind: 'none' });
});
