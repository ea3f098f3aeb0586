/** What the system may open of the agent's files, over the real file server. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { connect } from '../../schema/rpc-client';
import { filesApi, type FilesApi, type TaskPlaces } from '../../schema/files-api';
import type { Client } from '../../schema/rpc';
import { memoryPair } from '../../schema/transports/memory';
import { serveFiles } from '../../files/service/files-service';
import { openableFile, type OpenableFile } from './openable-file';
import { OpenedCopies } from './opened-copies';
import { zipOf } from './test/zip-of';

let root: string;
let places: TaskPlaces;
let client: Client<FilesApi>;
let end: () => void;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'piwork-openable-'));
  places = {
    ...{ taskId: 'one', folder: join(root, 'folder'), journal: join(root, 'journal'), overlay: null },
    ...{ session: join(root, 'session'), outputs: join(root, 'outputs'), uploads: join(root, 'uploads') },
  };
  for (const name of ['folder', 'outputs', 'session', 'uploads']) await mkdir(join(root, name));
  const [near, far] = memoryPair();
  serveFiles(far);
  end = () => near.close();
  ({ client } = connect(filesApi, near));
  await client['task.open']({ places });
});
afterEach(async () => {
  end();
  await rm(root, { recursive: true });
});

type Files = Pick<Client<FilesApi>, 'area.copy' | 'area.read'>;
const find = async (name: string, files: Files = client): Promise<OpenableFile> =>
  openableFile({ files, copies: await OpenedCopies.open(join(root, 'opened')), places }, 'outputs', name);

const openedAs = async (name: string): Promise<'opened' | 'shown in its folder'> => {
  const { kind, path } = await find(name);
  expect([basename(path), path.startsWith(join(root, kind === 'open' ? 'opened' : 'outputs'))]).toEqual([name, true]);
  return kind === 'open' ? 'opened' : 'shown in its folder';
};

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const word = zipOf(['[Content_Types].xml', '_rels/.rels', 'word/document.xml', 'word/media/image1.png']);
const sheet = zipOf(['[Content_Types].xml', 'xl/workbook.xml', 'xl/printerSettings/printerSettings1.bin']);
const slides = zipOf(['[Content_Types].xml', 'ppt/presentation.xml']);
const odt = zipOf(['mimetype', 'content.xml'], { mimetype: 'application/vnd.oasis.opendocument.text' });

test("a file whose name isn't UTF-8 is opened by a copy with a name that is", async () => {
  if (process.platform !== 'linux') return;
  const folder = Buffer.from(join(root, 'outputs', 'd\xe9'), 'latin1');
  await mkdir(folder);
  await writeFile(Buffer.concat([folder, Buffer.from('/caf\xe9.txt', 'latin1')]), 'latin1');
  await writeFile(Buffer.concat([folder, Buffer.from('/caf\xe9.sh', 'latin1')]), 'latin1');
  const found = await find('d\udce9/caf\udce9.txt');
  expect([found.kind, basename(found.path)]).toEqual(['open', 'caf_.txt']);
  expect(await readFile(found.path, 'utf8')).toBe('latin1');
  expect(await find('d\udce9/caf\udce9.sh')).toEqual({ kind: 'show', path: join(root, 'outputs') });
});

test.each<[string, Buffer | string]>([
  ['notes.txt', 'Grüße\n'],
  ['NOTES.TXT', 'Notes'],
  ['report.v2.md', '# Report'],
  ['empty.txt', ''],
  ['table.csv', 'a,b\n1,2\n'],
  ['data.json', '{"a": 1}'],
  ['run.log', 'one\n'],
  ['report.pdf', '%PDF-1.7\n…'],
  ['photo.PNG', png],
  ['photo.jpeg', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['moving.gif', 'GIF89a....'],
  ['photo.webp', 'RIFF\0\0\0\0WEBPVP8 '],
  ['sound.wav', 'RIFF\0\0\0\0WAVEfmt '],
  ['sound.mp3', 'ID3\u0004\0\0'],
  ['film.mp4', '\0\0\0\u0018ftypmp42'],
  ['report.docx', word],
  ['sheet.xlsx', sheet],
  ['slides.pptx', slides],
  ['report.odt', odt],
])('%s is opened', async (name, content) => {
  await writeFile(join(places.outputs, name), content);
  expect(await openedAs(name)).toBe('opened');
});

const readable: readonly string[] =
  'a.terminal a.inetloc a.fileloc a.webloc a.pkg a.mpkg a.dmg a.scpt a.applescript a.command a.tool a.workflow a.app a.py a.pyw a.pl a.rb a.lua a.php a.msc a.mst a.msix a.appx a.application a.appref-ms a.settingcontent-ms a.library-ms a.search-ms a.scf a.lnk a.url a.hta a.chm a.cpl a.jar a.js a.jse a.mjs a.vbs a.wsf a.ps1 a.psm1 a.bat a.cmd a.com a.exe a.scr a.pif a.reg a.inf a.iso a.img a.vhd a.vhdx a.docm a.dotm a.xlsm a.xlam a.xll a.xlsb a.pptm a.ppam a.doc a.xls a.ppt a.rtf a.slk a.iqy a.odb a.html a.htm a.xhtml a.mht a.svg a.xml a.xsl a.swf a.appimage a.deb a.rpm a.snap a.flatpakref a.desktop a.run a.sh a.bash a.service a.zip a.7z a.rar a.tar.gz a.eml a.msg a.ics a.ttf a.plist a.mobileconfig a.prefpane a.torrent a.unknown Makefile .bashrc'.split(
    ' ',
  );

test.each(readable.flatMap((name) => [name, name.toUpperCase()]))('%s is shown in its folder', async (name) => {
  await writeFile(join(places.outputs, name), 'plain words');
  expect(await openedAs(name)).toBe('shown in its folder');
});

test.each([
  ...['a.txt.', 'a.txt ', 'a.txt..', 'a.exe.', 'a.exe ', 'a.txt\u00a0', ' a.txt', 'a.txt:b.exe', 'a.txt::$DATA'],
  ...['a.pdf.exe', 'a.exe.txt', 'a.html.txt', 'a.desktop.md', 'a.docm.txt', 'a\u202etxt.exe', 'a\u202eexe.txt'],
  ...['a\u200b.txt', 'a\n.txt', 'a.tx\u0442', 'a.ｔxt', '-a.txt', 'con.txt', 'LPT1.txt', 'a.txt%20'],
])('the name %j is shown in its folder', async (name) => {
  await writeFile(join(places.outputs, name), 'plain words');
  expect(await openedAs(name)).toBe('shown in its folder');
});

test.each<[string, Buffer | string]>([
  ['photo.png', '<html><script>alert(1)</script>'],
  ['photo.jpg', png],
  ['report.pdf', 'MZ\u0090\0'],
  ['report.pdf', ' %PDF-1.7'],
  ['notes.txt', 'MZ\u0090\0\u0003'],
  ['notes.txt', '#!/bin/sh\nid'],
  ['notes.txt', '\u007fELF'],
  ['notes.txt', '[Desktop Entry]\nExec=id'],
  ['notes.md', '<!DOCTYPE html><script>'],
  ['notes.txt', '<?xml version="1.0"?><svg>'],
  ['notes.txt', Buffer.from([0xff, 0xfe, 0x41, 0x00])],
  ['notes.txt', Buffer.from([0x61, 0x00])],
  ['film.mp4', 'plain words'],
  ['report.docx', 'PK\u0003\u0004'],
  ['report.docx', sheet],
  ['report.docx', zipOf(['a.txt'])],
  ['report.docx', zipOf(['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'])],
  ['report.docx', zipOf(['[Content_Types].xml', 'word/document.xml', 'word/embeddings/oleObject1.bin'])],
  ['report.docx', zipOf(['[Content_Types].xml', 'word/document.xml', 'word/activeX/activeX1.xml'])],
  ['sheet.xlsx', zipOf(['[Content_Types].xml', 'xl/workbook.xml', 'xl/macrosheets/sheet1.xml'])],
  ['report.odt', zipOf(['mimetype', 'Basic/script-lc.xml'], { mimetype: 'application/vnd.oasis.opendocument.text' })],
  ['report.odt', zipOf(['mimetype', 'content.xml'], { mimetype: 'application/vnd.oasis.opendocument.spreadsheet' })],
  ['report.odt', word],
])('%s with other content is shown in its folder', async (name, content) => {
  await writeFile(join(places.outputs, name), content);
  expect(await openedAs(name)).toBe('shown in its folder');
});

test('a file that may be run is shown in its folder', async () => {
  await writeFile(join(places.outputs, 'a.txt'), 'words');
  await chmod(join(places.outputs, 'a.txt'), 0o755);
  expect(await openedAs('a.txt')).toBe('shown in its folder');
});

test('what is opened is what was checked: a swap at any moment changes nothing of it', async () => {
  const file = join(places.outputs, 'a.txt');
  const swap = async (): Promise<void> => {
    await writeFile(join(places.outputs, 'evil'), '#!/bin/sh');
    await rename(join(places.outputs, 'evil'), file);
  };
  await writeFile(file, 'words');
  // Before the copy: the copy is checked, not what was there before.
  const early = await find('a.txt', {
    'area.read': client['area.read'],
    'area.copy': async (request) => {
      await swap();
      return client['area.copy'](request);
    },
  });
  expect(early.kind).toBe('show');
  await writeFile(file, 'words');
  // After it: the copy stays.
  const late = await find('a.txt', {
    'area.read': client['area.read'],
    'area.copy': async (request) => {
      const copied = await client['area.copy'](request);
      await swap();
      return copied;
    },
  });
  expect([late.kind, await readFile(late.path, 'utf8')]).toEqual(['open', 'words']);
  expect((await stat(late.path)).mode & 0o777).toBe(0o400);
});

test('nothing outside is copied, by a link or a swapped folder', async () => {
  await writeFile(join(root, 'secret.txt'), 'secret');
  await symlink(join(root, 'secret.txt'), join(places.outputs, 'a.txt'));
  await symlink(root, join(places.outputs, 'sub'));
  for (const name of ['a.txt', 'sub/secret.txt', '../secret.txt', '/etc/hostname', 'none.txt']) {
    await expect(find(name)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});

test('what is not opened leaves no copy, and an earlier run none either', async () => {
  await mkdir(join(root, 'opened', 'old'), { recursive: true });
  await writeFile(join(root, 'opened', 'old', 'x.txt'), 'old');
  await writeFile(join(places.outputs, 'a.png'), 'words');
  expect((await find('a.png')).kind).toBe('show');
  expect(await readdir(join(root, 'opened'))).toEqual([]);
});
