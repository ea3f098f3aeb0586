import { fakeTask } from '../../dev/data/tasks';
import { startTestPage } from '../../test/start-session';
import { maxUploadBytes, toBase64, uploadFiles, type GivenFile } from './file-actions';

const given = (name: string, bytes: readonly number[], size = bytes.length): GivenFile => ({
  name,
  size,
  arrayBuffer: () => Promise.resolve(new Uint8Array(bytes).buffer),
});

test('bytes become base64, even many', () => {
  expect(toBase64(new Uint8Array([0, 255, 128]))).toBe('AP+A');
  expect(toBase64(new Uint8Array(100_000))).toHaveLength(133_336);
});

test('files are given to the task; one that is too large is named and the others continue', async () => {
  const page = await startTestPage({ tasks: [fakeTask('one', {})], ui: { selectedTaskId: 'one' } });
  await uploadFiles(page.app, 'one', [given('big.bin', [], maxUploadBytes + 1), given('a.txt', [104, 105])]);
  await page.settle();
  const { host, ui } = page.app.store.getState();
  expect(host.artifacts.one?.artifacts).toMatchObject([{ area: 'uploads', path: 'a.txt', bytes: 3 }]);
  expect(ui.toasts.map(({ title }) => title)).toEqual(['big.bin is too large']);
  expect(ui.uploading.one).toEqual([]);
});

test('a refused file is named', async () => {
  const page = await startTestPage({ tasks: [fakeTask('one', {})] });
  page.host.failing.set('artifact.upload', 'The disk is full.');
  await uploadFiles(page.app, 'one', [given('a.txt', [1])]);
  expect(page.app.store.getState().ui.toasts).toMatchObject([
    { title: "Couldn't add a.txt", text: 'The disk is full.' },
  ]);
});
