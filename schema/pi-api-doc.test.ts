import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { eventKinds } from './generated/pi-api';

const page = readFileSync(join(__dirname, '..', 'docs', 'pi-api.md'), 'utf8');
const schema = readFileSync(join(__dirname, 'pi_api.capnp'), 'utf8');

/** Rows of the table under a heading, as trimmed cells. */
function rows(heading: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

const ticked = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const tables = ['The 32 methods', 'Fields of a tool', 'Contexts', '`ctx.ui`'].map((heading) => ({
  heading,
  rows: rows(heading),
}));

/** `Type.member` for everything that the schema declares. */
const declared = new Set(
  schema.split(/^(?=(?:struct|interface|enum) )/m).flatMap((part) => {
    const name = /^(?:struct|interface) (\w+)/.exec(part)?.[1];
    return name === undefined
      ? []
      : [...part.matchAll(/(\w+) (?:@\d+|:group|:union)/g)].map(([, member]) => `${name}.${member!}`);
  }),
);

describe('the page matches the schema', () => {
  test('events: arm, class, deadline and answers match the schema', () => {
    const expected = eventKinds.map((kind) => [
      `\`${kind.name}\``,
      `\`${camel(kind.name)}\``,
      kind.isHot ? `${kind.class}, hot` : kind.class,
      String(kind.deadlineMs),
      kind.responses.map((arm) => `\`${arm}\``).join(', '),
    ]);
    expect(rows('The 41 events').map((cells) => cells.slice(0, 5))).toEqual(expected);
  });

  test.each(tables)('$heading: every name exists, and what has no place has a reason', ({ rows: all }) => {
    expect(all.length).toBeGreaterThan(10);
    for (const [name, place = '', notes = ''] of all) {
      expect({ name, missing: ticked(place).filter((member) => !declared.has(member)) }).toEqual({ name, missing: [] });
      expect({ name, isExplained: place !== '' || notes.length > 10 }).toEqual({ name, isExplained: true });
    }
  });
});

const findPi = `
  import { cacheFolder } from './scripts/cache-folder.mjs';
  import { hostPi } from './scripts/host-pi.mjs';
  console.log((await hostPi(cacheFolder()))?.PIWORK_PI_CLI ?? '');
`;

/** Where pi's published types are, if they are installed. */
function publishedTypes(): string | null {
  // The scripts aren't TypeScript, so run them in a separate process.
  const words = ['--input-type=module', '-e', findPi];
  const ask = (): string =>
    execFileSync(process.execPath, words, { cwd: join(__dirname, '..'), encoding: 'utf8' }).trim();
  const program = process.env.PIWORK_PI_CLI ?? ask();
  const folder = join(dirname(dirname(program)), 'core');
  return existsSync(join(folder, 'extensions', 'types.d.ts')) ? folder : null;
}

/** Interfaces of pi by name, including inherited members. */
function interfaces(folder: string): Map<string, { readonly members: string[]; readonly event: string | null }> {
  const text = ['extensions/types.d.ts', 'cache-warmer.d.ts']
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const source = ts.createSourceFile('pi.d.ts', text, ts.ScriptTarget.Latest);
  const nodes = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((node) => [node.name.text, node]));
  const bases = (node: ts.InterfaceDeclaration): ts.ExpressionWithTypeArguments[] =>
    (node.heritageClauses ?? []).flatMap((clause) => [...clause.types]);
  const members = (node: ts.InterfaceDeclaration): string[] => [
    ...bases(node).flatMap((base) => {
      const name = base.expression.getText(source);
      const inherited = nodes.get(name);
      if (inherited !== undefined) return members(inherited);
      // Pick<Other, 'a' | 'b'>
      return name === 'Pick'
        ? [...base.typeArguments![1]!.getText(source).matchAll(/"(\w+)"/g)].map(([, picked]) => picked!)
        : [];
    }),
    ...node.members.flatMap((member) => member.name?.getText(source) ?? []),
  ];
  const event = (node: ts.InterfaceDeclaration): string | null => {
    const type = node.members.find((member) => member.name?.getText(source) === 'type');
    const own = type === undefined ? null : (/"(\w+)"/.exec(type.getText(source))?.[1] ?? null);
    const inherited = bases(node).flatMap((base) => nodes.get(base.expression.getText(source)) ?? []);
    return own ?? inherited.map(event).find((name) => name !== null) ?? null;
  };
  return new Map(
    [...nodes].map(([name, node]) => [name, { members: [...new Set(members(node))], event: event(node) }]),
  );
}

describe("the page matches pi's published types", () => {
  let pi: ReturnType<typeof interfaces> | null = null;
  let types = '';
  beforeAll(() => {
    const folder = publishedTypes();
    if (folder === null) {
      console.log("skipped: pi's package is not in the cache; `npm run pack` brings it");
      return;
    }
    pi = interfaces(folder);
    types = readFileSync(join(folder, 'extensions', 'types.d.ts'), 'utf8');
  });

  test('the same events, no more and no fewer', () => {
    if (pi === null) return;
    const names = [...types.matchAll(/^ {4}on\(event: "(\w+)"/gm)].map(([, name]) => name!);
    expect(names.sort()).toEqual(eventKinds.map(({ name }) => name as string).sort());
  });

  test.each([
    ['The 32 methods', ['ExtensionAPI']],
    ['Fields of a tool', ['ToolDefinition']],
    ['Contexts', ['ExtensionContext', 'ExtensionToolContext', 'ExtensionCommandContext']],
    ['`ctx.ui`', ['ExtensionUIContext']],
  ])('%s: a row for each member', (heading, names) => {
    if (pi === null) return;
    const wanted = new Set(names.flatMap((name) => pi?.get(name)?.members ?? []));
    expect(
      rows(heading)
        .flatMap(([name]) => ticked(name!))
        .sort(),
    ).toEqual([...wanted].sort());
  });

  test('every field of every event has a counterpart with its name, or its place in the last column', () => {
    if (pi === null) return;
    const arms = /^struct PiEvent \{$([\s\S]*?)^\}$/m.exec(schema)![1]!;
    const structOf = new Map([...arms.matchAll(/^ {4}(\w+) @\d+ :(\w+);/gm)].map(([, arm, struct]) => [arm!, struct!]));
    const cells = new Map(rows('The 41 events').map((row) => [ticked(row[0]!)[0]!, ticked(row[5]!)]));
    const lost = [...pi.values()].flatMap(({ event, members }) => {
      const otherwise = event === null ? undefined : cells.get(event);
      if (event === null || otherwise === undefined) return [];
      const struct = structOf.get(camel(event)) ?? '';
      const isCarried = (name: string): boolean =>
        name === 'type' ||
        otherwise.includes(name) ||
        [name, `${name}Json`].some((member) => declared.has(`${struct}.${member}`));
      return members.filter((name) => !isCarried(name)).map((name) => `${event}.${name}`);
    });
    expect(lost).toEqual([]);
  });
});
