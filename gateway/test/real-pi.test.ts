/** The tour model, asked by the real pi through the gateway, with real files. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, type Dirent } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createGatewayServer } from '../gateway-server';
import { taskToken } from '../../node/task-token';
import { makeAwkwardFiles } from './awkward-files';
import { findRealPi, RealPi } from './real-pi';

const found = findRealPi();
if ('missing' in found) console.log(`The tour is not tried with the real pi: ${found.missing}.`);
const describeWithPi = 'missing' in found ? describe.skip : describe;

const key = Buffer.alloc(32, 7);
const gateway = createGatewayServer({
  config: () => ({ key: key.toString('hex'), providers: [] }),
  forward: () => Promise.reject(new Error('nothing may leave')),
  tourPace: 0,
  onUnexpected: (error) => console.error(error),
});
let scope = '';
let port = 0;
let pi: RealPi | undefined;
let work = '';

const start = (name: string): RealPi => {
  if ('missing' in found) throw new Error(found.missing);
  const folder = join(scope, name);
  work = join(folder, 'work');
  mkdirSync(work, { recursive: true });
  pi = new RealPi({
    ...found,
    folder,
    token: taskToken(key, `task-${name}`),
    systemPrompt: `Working folder: ${work}\nOutputs folder: ${folder}/outputs\nUploads folder (read-only): ${folder}/uploads`,
    workingFolder: work,
    models: {
      providers: {
        tour: {
          baseUrl: `http://127.0.0.1:${port}/tour/v1`,
          api: 'openai-completions',
          apiKey: '$PIWORK_TOKEN',
          models: [{ id: 'tour' }],
        },
      },
    },
    settings: { defaultProvider: 'tour', defaultModel: 'tour', enableInstallTelemetry: false },
  });
  return pi;
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

const isLoose = (entry: Dirent): boolean => entry.isFile() && !entry.name.startsWith('.');

/** Enough CSV to read what Python writes: quoted fields may contain line ends and doubled quotes. */
const csvRows = (text: string): string[][] =>
  [...text.matchAll(/((?:(?:"(?:[^"]|"")*"|[^",\r\n]*),?)+)\r\n/g)].map(([, row = '']) =>
    [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
      ([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare,
    ),
  );

const lastEnd = (agent: RealPi): unknown => agent.records.findLast(({ type }) => type === 'message_end')?.['message'];

const output = (name: string): string => readFileSync(join(work, '..', 'outputs', name), 'utf8');

beforeAll(async () => {
  scope = mkdtempSync(join(tmpdir(), 'piwork-real-pi-'));
  port = await gateway.listen();
});
afterEach(async () => {
  await pi?.stop();
  pi = undefined;
});
afterAll(async () => {
  await gateway.close();
  rmSync(scope, { recursive: true, force: true });
});

describeWithPi('the tour with the real pi', () => {
  jest.setTimeout(60_000);

  test('summarises 200 awkward files correctly', async () => {
    const agent = start('summary');
    const truth = makeAwkwardFiles(work, 200);
    await agent.run('Summarise this folder');
    const summary = output('summary.md');
    expect(summary).toContain(`- Files: ${truth.files}\n`);
    expect(summary).toContain(`- Total size: ${truth.bytes} bytes`);
    expect(summary).toContain(`- Newest file: `);
    expect(summary).toContain(truth.newest);
    expect(agent.lastText()).toContain(`**${truth.files} files**`);
    expect(filesIn(work)).toHaveLength(200);
  });

  test('organises by type, overwriting nothing, and lists every move', async () => {
    const agent = start('organise');
    makeAwkwardFiles(work, 60);
    mkdirSync(join(work, 'Other'));
    writeFileSync(join(work, 'Other', '-rf'), 'was here first');
    writeFileSync(join(work, '-rf'), 'came later');
    writeFileSync(join(work, 'Images'), 'a file in the way of a folder');
    const before = filesIn(work).map((path) => readFileSync(join(work, path), 'utf8'));
    const loose = readdirSync(work, { withFileTypes: true }).filter((entry) => isLoose(entry));
    await agent.run('Please organise this folder by type.');
    expect(
      filesIn(work)
        .map((path) => readFileSync(join(work, path), 'utf8'))
        .sort(),
    ).toEqual(before.sort());
    expect(readFileSync(join(work, 'Other', '-rf'), 'utf8')).toBe('was here first');
    expect(readFileSync(join(work, 'Other', '-rf (2)'), 'utf8')).toBe('came later');
    expect(readdirSync(work, { withFileTypes: true }).filter((entry) => isLoose(entry))).toEqual([]);
    expect(
      csvRows(output('moves.csv'))
        .slice(1)
        .map(([from]) => from)
        .sort(),
    ).toEqual(loose.map(({ name }) => name).sort());
    expect(agent.lastText()).toContain(`I moved ${loose.length} files`);
  });

  test('lists every file in a CSV report', async () => {
    const agent = start('report');
    const truth = makeAwkwardFiles(work, 200, 3);
    await agent.run('Make a CSV report');
    const [head, ...rows] = csvRows(output('report.csv'));
    expect(head).toEqual(['name', 'type', 'bytes', 'modified']);
    expect(rows.map(([name]) => name).sort()).toEqual(filesIn(work).sort());
    expect(rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(truth.bytes);
  });

  test('runs exactly the command it was given and repeats its output', async () => {
    const agent = start('run');
    await agent.run(`tour: run printf '%s\n' "it's  $((40+2))" '\`\`\`' && pwd`);
    expect(agent.lastText()).toBe(`The command said:\n\n\`\`\`\`\nit's  42\n\`\`\`\n${work}\n\`\`\`\``);
  });

  test('reports when a tool fails', async () => {
    const agent = start('fail');
    await agent.run('tour: fail');
    expect(agent.lastText()).toMatch(/That did not work[^]*fails on purpose[^]*code 3/);
  });

  test('passes an HTTP status on to pi', async () => {
    const agent = start('status');
    await agent.run('tour: error 403');
    expect(lastEnd(agent)).toMatchObject({
      stopReason: 'error',
      errorMessage: expect.stringContaining('403') as string,
    });
  });
});
