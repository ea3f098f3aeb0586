// Loads the contract as values, which give the types, and as comments, which give the meaning.
import { build } from 'esbuild';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

/** Files whose exported schemas have their own names in the document. */
const schemaFiles = ['ids', 'dialogs', 'agent-output', 'errors', 'taskd-api'];
const otherFiles = ['handshake', 'jsonl', 'replay-cache'];

/**
 * The exports of the schema files by file name: each of `schemaFiles` and those that the document takes values from.
 *
 * @typedef {{ taskd_api: typeof import('../../schema/taskd-api.ts'), errors: typeof import('../../schema/errors.ts'),
 *   handshake: typeof import('../../schema/handshake.ts'), jsonl: typeof import('../../schema/jsonl.ts'),
 *   replay_cache: typeof import('../../schema/replay-cache.ts') } & Record<string, Record<string, unknown>>} Modules
 */

/** Bundled so that Node can load them. @param {string} root @returns {Promise<Modules>} */
export async function loadSchemas(root) {
  const folder = await mkdtemp(join(tmpdir(), 'piwork-protocol-'));
  const outfile = join(folder, 'schemas.mjs');
  try {
    await build({
      absWorkingDir: root,
      stdin: {
        contents: [...schemaFiles, ...otherFiles]
          .map((file) => `export * as ${file.replaceAll('-', '_')} from './schema/${file}';`)
          .join('\n'),
        resolveDir: root,
      },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Schemas that are printed by name rather than in place. @param {Modules} modules */
export function namedSchemas(modules) {
  /** @type {Map<import('./print.mjs').Schema, string>} */
  const named = new Map();
  for (const file of schemaFiles) {
    for (const [name, value] of Object.entries(modules[file.replaceAll('-', '_')] ?? {})) {
      if (isSchema(value) && !named.has(value)) named.set(value, name);
    }
  }
  return named;
}

/** @param {unknown} value @returns {value is import('./print.mjs').Schema} */
const isSchema = (value) => typeof value === 'object' && value !== null && '_zod' in value;

/** @param {ts.Node} node @param {ts.SourceFile} source */
const jsDocText = (node, source) => {
  const ranges = ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [];
  const last = ranges.map(({ pos, end }) => source.text.slice(pos, end)).findLast((text) => text.startsWith('/**'));
  return last
    ?.slice(3, -2)
    .replaceAll(/\s*\n\s*\* ?/g, ' ')
    .trim();
};

/** The literal that tells one member of a union from the others, as in `{ kind: z.literal('notice') }`. @param {ts.ObjectLiteralExpression} object */
const discriminator = (object) => {
  for (const property of object.properties) {
    const call = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    const [first] = call && ts.isCallExpression(call) ? call.arguments : [];
    if (
      call &&
      ts.isCallExpression(call) &&
      first &&
      ts.isStringLiteral(first) &&
      call.expression.getText().endsWith('.literal')
    )
      return first.text;
  }
  return null;
};

/** Comments by path, such as `taskdApi.methods.prompt`, `agentOutput.notice.level` or `errorCode.NOT_FOUND`. @param {string} root */
export async function readComments(root) {
  /** @type {Map<string, string>} */
  const comments = new Map();
  /** @type {(node: ts.Node, path: readonly string[], source: ts.SourceFile) => void} */
  const note = (node, path, source) => {
    const text = jsDocText(node, source);
    if (text) comments.set(path.join('.'), text);
  };
  /** @type {(node: ts.Node, path: readonly string[], source: ts.SourceFile) => void} */
  const visit = (node, path, source) => {
    let at = path;
    if (ts.isVariableStatement(node)) {
      at = node.declarationList.declarations.slice(0, 1).map(({ name }) => name.getText());
      note(node, at, source);
    } else if (ts.isPropertyAssignment(node)) {
      at = [...path, node.name.getText().replaceAll("'", '')];
      note(node, at, source);
    } else if (ts.isObjectLiteralExpression(node)) {
      const kind = discriminator(node);
      if (kind !== null) {
        at = [...path, kind];
        note(node.parent, at, source);
      }
    } else if (ts.isStringLiteral(node) && ts.isArrayLiteralExpression(node.parent)) {
      note(node, [...path, node.text], source);
    } else if (ts.isSpreadAssignment(node) && ts.isIdentifier(node.expression)) {
      const from = `${node.expression.text}.`;
      for (const [key, text] of [...comments]) {
        if (key.startsWith(from)) comments.set([...path, key.slice(from.length)].join('.'), text);
      }
    }
    ts.forEachChild(node, (child) => visit(child, at, source));
  };
  for (const file of schemaFiles) {
    const path = join(root, 'schema', `${file}.ts`);
    const source = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.Latest, true);
    visit(source, [], source);
  }
  return comments;
}
